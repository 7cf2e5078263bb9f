"""DataFrames of Spark, and packages judged by Spark.

`validate(dataframe, schema)` returns a `SparkReport`, and `validate_package(session, path)` the
`Report` that `validate.validate` returns. The extra `spark` brings what this needs (docs/spark.md).
"""

from validate._src.engine.spark.frames import validate
from validate._src.engine.spark.packages import validate_package
from validate._src.engine.spark.report import SparkReport

__all__ = ["SparkReport", "validate", "validate_package"]
