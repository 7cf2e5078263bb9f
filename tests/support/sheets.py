"""Workbooks that tests make with other programs' writers: OpenDocument, Excel 97 to 2003."""

import datetime as dt
import zipfile

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
ERRORS = {"#DIV/0!": 0x07, "#N/A": 0x2A, "#REF!": 0x17}


class Failed(str):
    """What a cell shows whose formula fails."""


def ods(file, **sheets):
    """Writes a document of these sheets, each a list of rows."""
    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for row in rows:
            made = TableRow()
            for cell in row:
                made.addElement(_cell(cell))
            table.addElement(made)
        document.spreadsheet.addElement(table)
    document.save(str(file))
    # As LibreOffice marks the cells of formulas that fail.
    in_zip(file, "content.xml", lambda content: content.replace(*MARKED).replace(*DECLARED))


MARKED = (b'office:string-value=""', b'office:string-value="" calcext:value-type="error"')
DECLARED = (
    b"<office:document-content ",
    f'<office:document-content xmlns:calcext="{CALCEXT}" '.encode(),
)


def in_zip(file, name, change):
    """Changes a member of an archive."""
    with zipfile.ZipFile(file) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    members[name] = change(members[name])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in members.items():
            archive.writestr(one, content)


def _cell(value):
    if value is None:
        return TableCell()
    cell = TableCell(**_typed(value))
    cell.addElement(P(text=str(value)))
    return cell


def _typed(value):
    if isinstance(value, bool):
        return {"valuetype": "boolean", "booleanvalue": str(value).lower()}
    if isinstance(value, int | float):
        return {"valuetype": "float", "value": str(value)}
    if isinstance(value, dt.date | dt.datetime):
        return {"valuetype": "date", "datevalue": value.isoformat()}
    if isinstance(value, dt.time):
        return {"valuetype": "time", "timevalue": value.strftime("PT%HH%MM%SS")}
    if isinstance(value, Failed):
        return {"valuetype": "string", "stringvalue": ""}
    return {"valuetype": "string"}


def xls(file, **sheets):
    """Writes a workbook of these sheets, each a list of rows."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, Failed):
                    sheet.row(number).set_cell_error(column, ERRORS[value])
                elif value is not None:
                    sheet.write(number, column, value, xlwt.easyxf(num_format_str=_form(value)))
    book.save(str(file))


def _form(value):
    if isinstance(value, dt.datetime):
        return "yyyy-mm-dd hh:mm:ss"
    if isinstance(value, dt.date):
        return "yyyy-mm-dd"
    return "hh:mm:ss" if isinstance(value, dt.time) else "General"


def xlsx(file, **sheets):
    """Writes a workbook of these sheets, each a list of rows."""
    import xlsxwriter

    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    form = book.add_format({"num_format": _form(value)})
                    if isinstance(value, Failed):
                        sheet.write_formula(number, column, "=1/0", value=str(value))
                    elif value is not None:
                        sheet.write(number, column, value, form)


WRITERS = {"xlsx": xlsx, "xlsm": xlsx, "xls": xls, "ods": ods}
