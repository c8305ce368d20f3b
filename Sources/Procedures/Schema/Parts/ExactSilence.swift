import Engine
import YAML

/// A span alone, or a mapping that also says its line.
struct ExactSilence: ExactForm {
  func read(
    _ fields: SchemaFields, into reader: inout SchemaReader
  ) throws(ProcedureError) {
    guard let value = try fields.value("silence") else { return }
    guard value.text == nil else {
      guard case .seconds(let seconds, nil) = try fields.allowance(of: value), seconds > 0 else {
        throw reader.context.error(
          at: value, "'\(value.shown)' is not a duration", remedy: "write silence: 20m")
      }
      reader.procedure.silence = SilenceRule(seconds: seconds, line: value.line)
      return
    }
    let inner = try SchemaFields(
      value, "the silence rule", keys: ["after", "seconds"], reader.context)
    guard let span = try inner.span("after", "seconds"), span.maximum == nil, span.seconds > 0
    else { throw inner.missing("after", "20m") }
    reader.procedure.silence = SilenceRule(seconds: span.seconds, line: inner.line)
  }

  func yaml(of procedure: Procedure) -> YAMLValue? {
    guard let silence = procedure.silence else { return nil }
    var map = MapBuilder()
    map.add("after", .text(SpanText.text(silence.seconds)))
    return map.value(line: silence.line)
  }

  func merge(_ frontMatter: PartialProcedure, over prose: inout Procedure) {
    merge(.silence, frontMatter, over: &prose)
  }
}
