//! Workbooks of Excel's XLSX: a sheet a table, streamed row by row.
//!
//! # Advice for hackers
//!
//! Sheets are in `rust_xlsxwriter`'s constant memory mode: rows go to a temporary file as they come and are never seen
//! again, so everything that depends on all rows (widths, filter, colours, chart) is set at the end.

use std::borrow::Cow;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use rust_xlsxwriter::{
    Chart, ChartType, Color, ConditionalFormat2ColorScale, ConditionalFormatType, DocProperties,
    ExcelDateTime, Format as CellFormat, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{BarChart, Book, Column, DATE, Format, Layout, SHARE_OF_WORDS, Table, Values};

/// Excel workbooks.
pub(super) const XLSX: Format = Format {
    name: "xlsx",
    about: "a workbook for Excel and LibreOffice, a sheet a table",
    layout: Layout::Book(|| Box::new(Xlsx::new(MAX_ROWS))),
};

/// Rows of a sheet, header included. Source: Microsoft, Excel specifications and limits.
const MAX_ROWS: u32 = 1_048_576;
/// UTF-16 code units of a cell. Source: as above.
const MAX_UNITS: usize = 32_767;
/// Rows that a chart shows: beyond, its columns are thinner than a pixel.
const MAX_CHARTED: u32 = 1000;
/// Characters that a column is wide at least and at most.
const WIDTHS: [usize; 2] = [8, 60];

/// A workbook being written.
struct Xlsx {
    workbook: Workbook,
    sheets: Vec<Sheet>,
    looks: Looks,
    max_rows: u32,
    n_cut: usize,
}

/// How cells look.
struct Looks {
    header: CellFormat,
    integer: CellFormat,
    float: CellFormat,
    date: CellFormat,
}

/// A sheet being written.
struct Sheet {
    table: String,
    /// Its place in the workbook.
    index: usize,
    /// Its place among the sheets of its table, from 1.
    part: usize,
    n_rows: u32,
    columns: Vec<SheetColumn>,
    chart: Option<BarChart>,
}

struct SheetColumn {
    name: String,
    /// Part of a chart.
    is_share: bool,
    /// White at 0, full colour at 1.
    is_coloured: bool,
    width: usize,
}

impl Xlsx {
    fn new(max_rows: u32) -> Self {
        let mut workbook = Workbook::new();
        let created = ExcelDateTime::from_ymd(2000, 1, 1).expect("a date of the calendar");
        // A file's bytes depend on nothing but its tables.
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let looks = Looks {
            header: CellFormat::new()
                .set_bold()
                .set_border_bottom(FormatBorder::Thin)
                .set_align(FormatAlign::Top),
            integer: CellFormat::new().set_num_format("#,##0"),
            float: CellFormat::new().set_num_format("#,##0.000"),
            date: CellFormat::new().set_num_format("yyyy-mm-dd"),
        };
        Self { workbook, sheets: Vec::new(), looks, max_rows, n_cut: 0 }
    }

    /// The number of the sheet that the table's next row goes to.
    fn sheet_of(&mut self, table: &Table) -> Result<usize, XlsxError> {
        let last = self.sheets.iter().rposition(|sheet| sheet.table == table.name);
        match last {
            Some(at) if self.sheets[at].n_rows < self.max_rows => Ok(at),
            _ => self.begin(table, last.map_or(1, |at| self.sheets[at].part + 1)),
        }
    }

    fn begin(&mut self, table: &Table, part: usize) -> Result<usize, XlsxError> {
        let index = self.sheets.len();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(if part == 1 { table.name.clone() } else { format!("{} {part}", table.name) })?;
        sheet.set_freeze_panes(1, 1)?;
        let mut columns = Vec::new();
        for (at, column) in (0..).zip(table.columns()) {
            sheet.write_string_with_format(
                0,
                at,
                shown(&column.name, &mut self.n_cut),
                &self.looks.header,
            )?;
            columns.push(SheetColumn::of(column));
        }
        let chart = table.chart().filter(|_| part == 1).cloned();
        self.sheets.push(Sheet { table: table.name.clone(), index, part, n_rows: 1, columns, chart });
        Ok(index)
    }

    fn append(&mut self, table: &Table) -> Result<(), XlsxError> {
        let mut at = self.sheet_of(table)?;
        for row in 0..table.n_rows() {
            if self.sheets[at].n_rows == self.max_rows {
                at = self.sheet_of(table)?;
            }
            let sheet = &mut self.sheets[at];
            let worksheet = self.workbook.worksheet_from_index(sheet.index)?;
            for ((number, column), seen) in (0..).zip(table.columns()).zip(&mut sheet.columns) {
                let cell = Cell { row: sheet.n_rows, column: number, looks: &self.looks };
                let width = cell.write(worksheet, column, row, &mut self.n_cut)?;
                seen.width = seen.width.max(width);
            }
            sheet.n_rows += 1;
        }
        Ok(())
    }

    /// What depends on all rows.
    fn dress(&mut self) -> Result<(), XlsxError> {
        let scale = ConditionalFormat2ColorScale::new()
            .set_minimum(ConditionalFormatType::Number, 0)
            .set_maximum(ConditionalFormatType::Number, 1)
            .set_minimum_color(Color::White)
            .set_maximum_color(Color::RGB(0x6C_A6_D9));
        for sheet in &self.sheets {
            let worksheet = self.workbook.worksheet_from_index(sheet.index)?;
            let (last_row, last_column) = (sheet.n_rows - 1, (0..).zip(&sheet.columns).last());
            if let Some((last_column, _)) = last_column {
                worksheet.autofilter(0, 0, last_row, last_column)?;
            }
            for (at, column) in (0..).zip(&sheet.columns) {
                // Two more: the button of the filter.
                let width = (column.width + 2).clamp(WIDTHS[0], WIDTHS[1]);
                worksheet.set_column_width(at, u32::try_from(width).unwrap_or(u32::MAX))?;
                if column.is_coloured && last_row > 0 {
                    worksheet.add_conditional_format(1, at, last_row, at, &scale)?;
                }
            }
        }
        let charts: Vec<Chart> =
            self.sheets.iter().filter_map(|sheet| share_chart(sheet).or_else(|| bar_chart(sheet))).collect();
        for (number, chart) in (1..).zip(charts) {
            let name = if number == 1 { "chart".to_owned() } else { format!("chart {number}") };
            self.workbook.add_chartsheet().set_name(name)?.insert_chart(0, 0, &chart)?;
        }
        Ok(())
    }
}

/// The shares of each row stacked, for the first sheet of a table with several columns of shares.
fn share_chart(sheet: &Sheet) -> Option<Chart> {
    let shares = (0..).zip(&sheet.columns).filter(|(_, column)| column.is_share).map(|(at, _)| at);
    let shares: Vec<u16> = shares.collect();
    if shares.len() < 2 || sheet.n_rows < 2 || sheet.part > 1 {
        return None;
    }
    let name = sheet.table.as_str();
    let last = (sheet.n_rows - 1).min(MAX_CHARTED);
    let mut chart = Chart::new(ChartType::ColumnStacked);
    for at in shares {
        chart
            .add_series()
            .set_name((name, 0, at))
            .set_categories((name, 1, 0, last, 0))
            .set_values((name, 1, at, last, at))
            .set_gap(10);
    }
    let title = if last + 1 < sheet.n_rows {
        format!("shares of the first {last} {name}")
    } else {
        format!("shares of {name}")
    };
    chart.title().set_name(&title);
    chart.y_axis().set_min(0).set_max(1).set_num_format("0%");
    Some(chart)
}

/// The bars that a table asks for.
fn bar_chart(sheet: &Sheet) -> Option<Chart> {
    let asked = sheet.chart.as_ref()?;
    let place = |name: &str| {
        (0..).zip(&sheet.columns).find(|(_, column)| column.name == name).map(|(at, _): (u16, _)| at)
    };
    let (categories, values) = (place(asked.categories)?, place(asked.values)?);
    let last = u32::try_from(asked.n_rows).unwrap_or(u32::MAX).min(sheet.n_rows - 1).min(MAX_CHARTED);
    if last == 0 {
        return None;
    }
    let name = sheet.table.as_str();
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_name((name, 0, values))
        .set_categories((name, 1, categories, last, categories))
        .set_values((name, 1, values, last, values));
    chart.title().set_name(&asked.title);
    // Bars are drawn from below; the first row is the uppermost.
    chart.y_axis().set_reverse();
    chart.legend().set_hidden();
    Some(chart)
}

impl SheetColumn {
    fn of(column: &Column) -> Self {
        let is_share = column.unit == SHARE_OF_WORDS;
        let is_coloured = is_share || column.unit == "probability";
        Self { name: column.name.clone(), is_share, is_coloured, width: column.name.chars().count() }
    }
}

/// Where a value goes.
struct Cell<'l> {
    row: u32,
    column: u16,
    looks: &'l Looks,
}

impl Cell<'_> {
    /// Writes a value and answers how wide it is; nothing is written for a missing one.
    fn write(
        &self,
        sheet: &mut Worksheet,
        column: &Column,
        row: usize,
        n_cut: &mut usize,
    ) -> Result<usize, XlsxError> {
        let Self { row: to, column: at, looks } = *self;
        Ok(match &column.values {
            Values::Text(v) => match v[row].as_deref() {
                Some(text) => {
                    match excel_date(text).filter(|_| column.unit == DATE) {
                        Some(date) => sheet.write_datetime_with_format(to, at, &date, &looks.date)?,
                        None => sheet.write_string(to, at, shown(text, n_cut))?,
                    };
                    text.chars().take(WIDTHS[1]).count()
                }
                None => 0,
            },
            Values::Integer(v) => match v[row] {
                Some(n) => {
                    sheet.write_number_with_format(to, at, n as f64, &looks.integer)?;
                    n.to_string().len()
                }
                None => 0,
            },
            Values::Float(v) => match v[row] {
                Some(x) => {
                    sheet.write_number_with_format(to, at, x, &looks.float)?;
                    format!("{x:.3}").len()
                }
                None => 0,
            },
        })
    }
}

/// The date of `YYYY-MM-DD`, where Excel's calendar has it.
fn excel_date(text: &str) -> Option<ExcelDateTime> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || text.len() != 10 {
        return None;
    }
    ExcelDateTime::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A text as a cell can hold it: characters that XML does not have are U+FFFD, and what is too long is cut.
fn shown<'t>(text: &'t str, n_cut: &mut usize) -> Cow<'t, str> {
    let is_xml = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    let mut text = Cow::Borrowed(text);
    if !text.chars().all(is_xml) {
        text = text.chars().map(|c| if is_xml(c) { c } else { '\u{fffd}' }).collect::<String>().into();
    }
    if text.len() <= MAX_UNITS || text.encode_utf16().count() <= MAX_UNITS {
        return text;
    }
    *n_cut += 1;
    let mut n_units = 0;
    let fits = |c: &char| {
        n_units += c.len_utf16();
        n_units < MAX_UNITS
    };
    let cut: String = text.chars().take_while(fits).chain(['…']).collect();
    cut.into()
}

/// What `write` gives. The crate panics where its temporary file has no room: that is an error like any other.
fn with_room<T>(write: impl FnOnce() -> Result<T, XlsxError>) -> io::Result<T> {
    let outcome = catch_unwind(AssertUnwindSafe(write)).or_else(|panic| {
        let said = panic.downcast_ref::<String>().map_or("", String::as_str);
        if said.starts_with("Couldn't write to xml file") {
            return Err(io::Error::new(
                io::ErrorKind::StorageFull,
                "no room for the temporary file of a workbook",
            ));
        }
        resume_unwind(panic)
    });
    outcome?.map_err(io::Error::other)
}

impl Book for Xlsx {
    fn append(&mut self, table: &Table) -> io::Result<()> {
        with_room(|| self.append(table))
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<u8>> {
        with_room(|| self.dress().and_then(|()| self.workbook.save_to_buffer()))
    }

    fn n_cut(&self) -> usize {
        self.n_cut
    }
}

#[cfg(test)]
mod tests;
