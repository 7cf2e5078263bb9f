"""Columns of Spark as those of Polars, and back."""

from datetime import datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest

from validate import PackageError

pa = pytest.importorskip("pyarrow")
types = pytest.importorskip("pyspark.sql.types")
columns = pytest.importorskip("validate._src.engine.spark.columns")


def one_batch(**arrays):
    names = [str(place) for place in range(len(arrays))]
    return pa.RecordBatch.from_arrays([*arrays.values()], names=names)


def read(*batches):
    return [*columns.batches_of(batches, "frame")]


def test_batches_are_joined_up_to_a_number_of_rows(monkeypatch):
    monkeypatch.setattr(columns, "ROWS", 5)
    batches = [one_batch(a=pa.array([at, at])) for at in range(7)]
    assert [len(batch.rows) for batch in read(*batches)] == [6, 6, 2]
    assert read() == []


def test_batches_are_joined_up_to_a_number_of_bytes(monkeypatch):
    monkeypatch.setattr(columns, "BYTES", 1)
    assert [len(batch.rows) for batch in read(*[one_batch(a=pa.array([1]))] * 3)] == [1, 1, 1]


def test_a_moment_is_in_utc_whatever_the_zone_of_the_session():
    noon = datetime(2024, 5, 6, 12)
    for zone in ("Asia/Tokyo", "+09:00", "UTC"):
        (batch,) = read(one_batch(a=pa.array([noon], pa.timestamp("us", tz=zone))))
        assert batch.cells["0"].dtype == pl.Datetime("us", "UTC")
        assert batch.cells["0"].dt.replace_time_zone(None).to_list() == [noon]
    (batch,) = read(one_batch(a=pa.array([noon], pa.timestamp("us"))))
    assert batch.cells["0"].to_list() == [noon]


def test_a_map_is_an_object():
    counts = pa.map_(pa.string(), pa.int64())
    nested = pa.list_(pa.struct([("m", pa.map_(pa.int32(), pa.decimal128(4, 2)))]))
    (batch,) = read(
        one_batch(
            a=pa.array([{"x": 1, "y": None}, None, {}], counts),
            b=pa.array([[{"m": {1: Decimal("2.50")}}], [], None], nested),
        )
    )
    assert batch.cells["0"].to_list() == ['{"x": 1, "y": null}', None, "{}"]
    assert batch.cells["1"].to_list() == ['[{"m": {"1": 2.5}}]', "[]", None]
    assert [kinds.to_list() for kinds in batch.kinds.values()] == [
        ["object", None, "object"], ["array", "array", None],
    ]  # fmt: skip


def test_columns_of_one_type_have_it():
    (batch,) = read(
        one_batch(
            a=pa.array([Decimal("1.50")], pa.decimal128(38, 2)),
            b=pa.array([b"ab"]),
            c=pa.array([None], pa.null()),
            d=pa.array([timedelta(days=1)], pa.duration("us")),
            e=pa.array([{"x": [1]}]),
        )
    )
    assert batch.is_native
    assert batch.cells.dtypes == [
        pl.Decimal(38, 2),
        pl.Binary,
        pl.Null,
        pl.Duration("us"),
        pl.Struct({"x": pl.List(pl.Int64)}),
    ]


@pytest.mark.parametrize(
    "dtype",
    [
        types.YearMonthIntervalType(),
        types.ArrayType(types.YearMonthIntervalType()),
        types.StructType([types.StructField("x", types.VariantType())]),
        types.MapType(types.StringType(), types.VariantType()),
    ],
)
def test_a_type_that_arrow_lacks_is_named(dtype):
    schema = types.StructType([types.StructField("span", dtype)])
    with pytest.raises(PackageError, match=r"^dataframe: column span is of type .*; cast it"):
        columns.check_types(schema)


def test_other_types_pass():
    plain = [types.StringType(), types.DecimalType(38, 18), types.TimestampNTZType()]
    nested = [types.ArrayType(types.DateType()), types.MapType(types.LongType(), types.NullType())]
    schema = types.StructType(
        [types.StructField(str(at), dtype) for at, dtype in enumerate([*plain, *nested])]
    )
    columns.check_types(schema)


def test_rows_go_back_with_short_offsets():
    found = pl.DataFrame({name: ["é"] for name in columns.FINDING.names})
    found = found.with_columns(key=pl.lit(pl.Series([["a", None]])), note=pl.lit(None, pl.String))
    (batch,) = columns.as_batches(found, columns.FINDING)
    assert batch.schema == columns.FINDING
    assert batch.to_pylist()[0]["key"] == ["a", None]
    assert columns.spark_types(columns.FINDING).endswith(
        "key array<string>, value string, note string"
    )
