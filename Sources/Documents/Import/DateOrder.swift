/// In which order the numbers of a date stand.
package enum DateOrder: String, CaseIterable, Sendable {
  case dayMonthYear = "dmy"
  case monthDayYear = "mdy"
  case yearMonthDay = "ymd"
}
