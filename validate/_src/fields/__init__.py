"""The types of fields and their constraints, by the standard's Table Schema.

patterns: regular expressions in bounded time.
jsonschema: values judged by a JSON Schema in bounded time.
types: the field types, and how a text becomes a value.
constraints: what each constraint asks of a value.
"""
