import Engine
import Procedures
import Testing

/// The same rules in languages that share neither letters nor the order of words.
@Suite struct `Markdown in many languages` {
  private func read(_ text: String) throws -> Procedure {
    try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "")
  }

  @Test(
    arguments: [
      (
        "## Öncelik\n\n| Öncelik | Tanım | İlk müdahale | Çözüm süresi |\n|---|---|---|---|\n"
          + "| P1 | Hasta kaydı çalışmıyor | 10 dakika içinde | 2 saat |\n"
          + "| P2 | Bir klinik | 30 dk içinde | 8 saat |\n", 600, 7200
      ),
      (
        "## 重大度\n\n| 重大度 | 状況 | 初動 | 復旧目標 |\n|---|---|---|---|\n"
          + "| レベル1 | 全面停止 | 15分以内 | 4時間以内 |\n| レベル2 | 一部停止 | 30分以内 | 8時間以内 |\n", 900, 14_400
      ),
      (
        "## Уровни критичности\n\n| Уровень | Описание | Время реакции | Время восстановления |\n"
          + "|---|---|---|---|\n| Уровень 1 | Отказ сети | 15 минут | 4 часа |\n"
          + "| Уровень 2 | Отказ района | 30 минут | 8 часов |\n", 900, 14_400
      ),
      (
        "## Mức độ\n\n| Mức độ | Mô tả | Thời gian phản hồi | Thời gian khắc phục |\n|---|---|---|---|\n"
          + "| Mức 1 | Toàn trường mất mạng | 15 phút | 4 giờ |\n| Mức 2 | Một khu nhà | 1 giờ | 1 ngày |\n",
        900,
        14_400
      ),
      (
        "## ระดับความรุนแรง\n\n| ระดับ | คำอธิบาย | เวลาตอบสนอง | เวลาแก้ไข |\n|---|---|---|---|\n"
          + "| ระดับ 1 | ระบบจองล่มทั้งหมด | ภายใน 15 นาที | 4 ชั่วโมง |\n"
          + "| ระดับ 2 | บางสาขา | ภายใน 1 ชั่วโมง | 8 ชั่วโมง |\n", 900, 14_400
      ),
    ] as [(String, Int, Int)])
  func `times to respond and to resolve`(text: String, respond: Int, resolve: Int) throws {
    let severities = try read(text).severities
    #expect(severities.count == 2)
    #expect(severities[0].targets.first { $0.kind == .respond }?.within == .seconds(respond))
    #expect(severities[0].targets.first { $0.kind == .resolve }?.within == .seconds(resolve))
  }

  @Test(
    arguments: [
      (
        "## Eskalacja\n\nJeśli dyżurny nie odpowie w ciągu 10 minut, należy powiadomić kierownika zmiany.\n",
        "kierownika zmiany"
      ),
      (
        "## Escalation\n\nSe il tecnico reperibile non risponde entro 10 minuti, chiamare il responsabile CED.\n",
        "responsabile CED"
      ),
      (
        "## Eskalasyon\n\nP1 için 10 dakika içinde onaylanmazsa vardiya amiri aranır.\n",
        "vardiya amiri"
      ),
    ])
  func `who is called when nobody answers`(text: String, to: String) throws {
    let steps = try read(text).escalation
    #expect(steps.map(\.to) == [to])
    #expect(steps.map(\.after) == [600])
    #expect(steps.map(\.unless) == [.acknowledged])
  }

  @Test func `opening hours and hours of the day are no time to do anything in`() throws {
    let procedure = try read(
      "## Prioridades\n\n| Prioridade | Canal | Tempo de resposta |\n|---|---|---|\n"
        + "| P1 | Telefone (09h–22h) | 15 minutos |\n| P2 | E-mail (de 8h a 18h) | 4 horas |\n")
    #expect(
      procedure.severities.flatMap(\.targets).map(\.within) == [.seconds(900), .seconds(14_400)])
  }

  @Test func `a turn on call that is no plain day is remarked, and nobody is said to be missing`()
    throws
  {
    let procedure = try read(
      "## On-call rota\n\n| When | Primary | Secondary |\n|---|---|---|\n"
        + "| Mon-Fri | Ada | Ben |\n| Fri 18:00 - Mon 09:00 | Cem | Dee |\n")
    #expect(procedure.oncall.map(\.days.count) == [5])
    #expect(procedure.remarks.contains { $0.kind == .unread && $0.line == 6 })
    #expect(!ProcedureCheck.findings(in: procedure).contains { $0.kind == .rotaGap })
  }
}
