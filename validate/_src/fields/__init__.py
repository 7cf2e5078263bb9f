"""The field types of Table Schema, and the constraints on their values.

A type is an entry in the file of its group, a constraint an entry in `constraints`.

selecting: queries of few rows.
_length: numbers of any length.
natives: columns that have a type already.
_exact: values told apart where their Polars type cannot.
_distinct: texts that stand more than once, each looked at once.
_letters: what characters the texts of a column have.
_parsing: what a type is, and how a text becomes a value.
_text: string, any.
_numbers: number, integer.
_booleans: boolean.
_calendar: days and years without end.
_years: year, yearmonth.
_anydates: dates and times of format any.
_dates: date, time, datetime.
_durations: duration.
_plainjson: arrays and objects of plain members, seen of a column at once.
_json: object, array.
_places: geopoint, geojson.
types: the table of types, and list, whose items may be of some of them.
forms: what a field expects its values to look like.
_arguments: values that constraints name.
_comparisons: bounds, and the values of enum and categories.
_xsdpatterns: patterns of XML Schema as other regular expressions.
_onebyone: conditions that Python judges, value by value.
_patterns: regular expressions in bounded time.
_jsonschema: values judged by a JSON Schema in bounded time.
hints: what to say of a value of another native type.
constraints: the table of constraints.
"""
