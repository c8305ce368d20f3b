extension TimeLexicon {
  /// A day of the week by its name, or by the beginning of it that its language writes.
  static func weekday(_ word: String) -> Weekday? { weekdays[word] }

  /// A month by its name, or by the beginning of it that its language writes; 1 to 12.
  static func month(_ word: String) -> Int? { months[word] }

  private static let weekdays: [String: Weekday] = names([
    (
      .monday,
      """
      monday mon montag lundi lunes lunedì segunda segunda-feira maandag poniedziałek понедельник \
      pazartesi måndag mandag pondělí senin 月曜日 月曜 星期一 周一 週一 礼拜一 월요일
      """
    ),
    (
      .tuesday,
      """
      tuesday tue dienstag mardi martes martedì terça terça-feira dinsdag wtorek вторник salı \
      tisdag tirsdag úterý selasa 火曜日 火曜 星期二 周二 週二 礼拜二 화요일
      """
    ),
    (
      .wednesday,
      """
      wednesday wed mittwoch mercredi miércoles miercoles mercoledì quarta quarta-feira woensdag środa \
      среда среду çarşamba onsdag středa středu rabu 水曜日 水曜 星期三 周三 週三 礼拜三 수요일
      """
    ),
    (
      .thursday,
      """
      thursday thu donnerstag jeudi jueves giovedì quinta quinta-feira donderdag czwartek четверг \
      perşembe torsdag čtvrtek kamis 木曜日 木曜 星期四 周四 週四 礼拜四 목요일
      """
    ),
    (
      .friday,
      """
      friday fri freitag vendredi viernes venerdì sexta sexta-feira vrijdag piątek пятница пятницу \
      cuma fredag pátek jumat 金曜日 金曜 星期五 周五 週五 礼拜五 금요일
      """
    ),
    (
      .saturday,
      """
      saturday sat samstag sonnabend samedi sábado sabado sabato zaterdag sobota sobotę суббота субботу \
      cumartesi lördag lørdag sabtu 土曜日 土曜 星期六 周六 週六 礼拜六 토요일
      """
    ),
    (
      .sunday,
      """
      sunday sun sonntag dimanche domingo domenica zondag niedziela niedzielę воскресенье pazar söndag \
      søndag neděle neděli minggu 日曜日 日曜 星期日 星期天 周日 週日 礼拜日 일요일
      """
    ),
  ])

  private static let months: [String: Int] = names([
    (
      1,
      """
      january jan januar jänner janvier janv enero ene janeiro gennaio gen januari stycznia styczeń \
      января янв ocak ม.ค มกราคม
      """
    ),
    (
      2,
      """
      february feb februar feber février févr febrero fevereiro fev febbraio februari lutego luty \
      февраля фев şubat ก.พ กุมภาพันธ์
      """
    ),
    (
      3, "march mar märz mrz mars marzo março maart mrt marca marzec марта мар mart maret มี.ค มีนาคม"
    ),
    (
      4,
      """
      april apr avril avr abril abr aprile kwietnia kwiecień апреля апр nisan เม.ย เมษายน
      """
    ),
    (5, "may mai mayo maio maggio mag mei maja мая mayıs พ.ค พฤษภาคม"),
    (
      6,
      """
      june jun juni juin junio junho giugno giu czerwca czerwiec июня июн haziran มิ.ย มิถุนายน
      """
    ),
    (
      7,
      """
      july jul juli juillet juil julio julho luglio lug lipca lipiec июля июл temmuz ก.ค กรกฎาคม
      """
    ),
    (
      8,
      """
      august aug août agosto ago augustus sierpnia sierpień августа авг ağustos agustus ส.ค สิงหาคม
      """
    ),
    (
      9,
      """
      september sep sept septembre septiembre setiembre setembro settembre set wrzesień września \
      сентября сен сент eylül ก.ย กันยายน
      """
    ),
    (
      10,
      """
      october oct oktober okt octobre octubre outubro out ottobre ott października październik октября \
      окт ekim ต.ค ตุลาคม
      """
    ),
    (
      11,
      """
      november nov novembre noviembre novembro listopada listopad ноября ноя kasım พ.ย พฤศจิกายน
      """
    ),
    (
      12,
      """
      december dec dezember dez décembre déc diciembre dic dezembro dicembre grudnia grudzień декабря \
      дек aralık desember des ธ.ค ธันวาคม
      """
    ),
  ])

  private static func names<Meaning>(_ all: [(Meaning, String)]) -> [String: Meaning] {
    all.reduce(into: [:]) { table, entry in
      for name in entry.1.split(separator: " ") { table[String(name)] = entry.0 }
    }
  }

  // MARK: - Words without blanks between them

  /// Days and parts of days that stand directly before a clock where words have no blanks between them.
  static let gluedBeginnings = [
    "上午", "午前", "오전", "凌晨", "下午", "午後", "午后", "오후", "早上", "早晨", "清晨", "中午", "傍晚", "晚上",
    "夜里", "夜裡", "夜晚", "半夜", "深夜", "未明", "夜中", "夕方", "早朝", "明け方", "朝", "昼", "夜", "아침",
    "새벽", "저녁", "밤", "昨晚", "昨晩", "昨夜", "昨夕", "今早", "今朝", "今晨", "今晚", "今晩", "今夜", "어젯밤",
    "간밤", "今日", "今天", "오늘", "昨日", "昨天", "어제", "前天", "一昨日", "그제", "明天", "明日", "내일",
  ]
}
