"""DataFrames of Spark, checked by a Table Schema where their rows are.

`validate(dataframe, schema)` returns a `SparkReport`. PySpark is needed, which the extra `spark`
brings; it is no dependency of the package itself (docs/spark.md).
"""

from validate._src.engine.spark.frames import validate
from validate._src.engine.spark.report import SparkReport

__all__ = ["SparkReport", "validate"]
