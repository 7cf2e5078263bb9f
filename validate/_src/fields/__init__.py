"""The field types of Table Schema, and the constraints on their values.

A type is an entry in the file of its group, a constraint an entry in `constraints`.

_parsing: what a type is, and how a text becomes a value.
_text: string, any.
_numbers: number, integer.
_booleans: boolean.
_dates: date, time, datetime, year, yearmonth, duration.
_json: object, array.
_places: geopoint, geojson.
types: the table of types, and list, whose items may be of some of them.
forms: what a field expects its values to look like.
_patterns: regular expressions in bounded time.
_jsonschema: values judged by a JSON Schema in bounded time.
hints: what to say of a value of another native type.
constraints: the table of constraints.
"""
