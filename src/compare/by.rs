//! What tells groups apart.

use std::fmt;
use std::str::FromStr;

use crate::analysis::ArticleReport;
use crate::error::{Error, Result};

/// What tells groups apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// Who published the article.
    Outlet,
    /// When.
    Date(Period),
    /// A column carried through from the input.
    Column(String),
}

/// How fine dates are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// `1990s`.
    Decade,
    /// `1991`.
    Year,
    /// `1991-07`.
    Month,
    /// `1991-07-14`.
    Day,
}

impl Period {
    /// The period of an ISO 8601 date; `None` if the date is not as exact.
    ///
    /// # Examples
    ///
    /// ```
    /// use newsbeat::compare::Period;
    ///
    /// assert_eq!(Period::Decade.of("1991-07-14").as_deref(), Some("1990s"));
    /// assert_eq!(Period::Month.of("1991"), None);
    /// ```
    pub fn of(self, date: &str) -> Option<String> {
        match self {
            Self::Decade => date.get(..3).map(|years| format!("{years}0s")),
            Self::Year => date.get(..4).map(str::to_owned),
            Self::Month => date.get(..7).map(str::to_owned),
            Self::Day => date.get(..10).map(str::to_owned),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Decade => "decade",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }
}

impl By {
    /// Names that are no columns.
    pub const NAMES: &str = "outlet, date:decade, date:year, date:month or date:day";

    /// `outlet`, `date:decade`, `date:year`, `date:month`, `date:day`, or a column.
    ///
    /// # Errors
    ///
    /// If dates are not told apart so, or the name is empty.
    pub fn named(name: &str) -> Result<Self> {
        let periods = [Period::Decade, Period::Year, Period::Month, Period::Day];
        match name.strip_prefix("date:") {
            Some(of) => {
                let period = periods.into_iter().find(|period| period.name() == of);
                let rule = || format!("must be {}, or a column", Self::NAMES);
                period.map(Self::Date).ok_or_else(|| Error::parameter("by", rule(), name))
            }
            None if name == "outlet" => Ok(Self::Outlet),
            None if name.is_empty() => Err(Error::parameter("by", "must have a name", "none")),
            None => Ok(Self::Column(name.to_owned())),
        }
    }

    /// The column of the input that is needed for it, if it is one.
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::Column(name) => Some(name),
            _ => None,
        }
    }

    /// The group of an article; `None` where it has no such value.
    pub fn group_of(&self, report: &ArticleReport) -> Option<String> {
        let group = match self {
            Self::Outlet => report.outlet.clone(),
            Self::Date(period) => report.date.as_deref().and_then(|date| period.of(date)),
            Self::Column(column) => {
                report.kept.iter().find(|(name, _)| name == column).map(|(_, value)| value.trim().to_owned())
            }
        };
        group.filter(|group| !group.is_empty())
    }
}

impl FromStr for By {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::named(name)
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outlet => f.write_str("outlet"),
            Self::Date(period) => write!(f, "date:{}", period.name()),
            Self::Column(name) => f.write_str(name),
        }
    }
}
