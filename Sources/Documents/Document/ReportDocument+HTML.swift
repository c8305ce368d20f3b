import Display
import Engine

extension ReportDocument {
  /// The report as one HTML file that fetches nothing, runs nothing and prints well, with or without colour.
  package var html: String {
    var lines = [
      "<!doctype html>",
      "<html lang=\"en\"><head><meta charset=\"utf-8\">",
      "<meta http-equiv=\"Content-Security-Policy\" "
        + "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta name=\"referrer\" content=\"no-referrer\">",
      "<title>\(Harmless.html(title))</title>",
      "<style>\(Self.style)</style></head><body><main>",
      "<h1>\(Harmless.html(title))</h1>",
    ]
    lines += warnings.map { "<p class=\"warning\">\(Harmless.html($0))</p>" }
    if !facts.isEmpty {
      lines.append("<dl>")
      lines += facts.map {
        "<div><dt>\(Harmless.html($0.name))</dt><dd>\(Harmless.html($0.value))</dd></div>"
      }
      lines.append("</dl>")
    }
    for section in sections {
      lines.append(
        "<section><h\(section.level)>\(Harmless.html(section.title))</h\(section.level)>")
      for block in section.blocks { lines += Self.html(block) }
      lines.append("</section>")
    }
    if !footer.isEmpty {
      lines.append("<footer>")
      lines += footer.map { "<p>\(Harmless.html($0))</p>" }
      lines.append("</footer>")
    }
    return lines.joined(separator: "\n") + "\n</main></body></html>\n"
  }

  private static func html(_ block: Block) -> [String] {
    switch block {
    case .paragraph(let phrase): return ["<p>\(html(phrase))</p>"]
    case .bullets(let phrases):
      return ["<ul>"] + phrases.map { "<li>\(html($0))</li>" } + ["</ul>"]
    case .checks(let items):
      return ["<ul class=\"checks\">"]
        + items.map { "<li>\($0.isDone ? "☑" : "☐") \(html($0.1))</li>" } + ["</ul>"]
    case .table(let header, let rows):
      return ["<div class=\"wide\"><table><thead><tr>"]
        + header.map { "<th scope=\"col\">\(Harmless.html($0))</th>" }
        + ["</tr></thead><tbody>"]
        + rows.map { row in
          let cells = zip(header, row).map { name, cell in
            "<td data-of=\"\(Harmless.html(name))\">\(html(cell))</td>"
          }
          return "<tr>" + cells.joined() + "</tr>"
        }
        + ["</tbody></table></div>"]
    case .distribution(let title, let distribution):
      let lines = DistributionPlot.lines(distribution, width: 72).map(Harmless.html)
      return ["<p>\(Harmless.html(title))</p><pre>\(lines.joined(separator: "\n"))</pre>"]
    case .chart(let chart):
      return ["<figure class=\"wide\">", chart.svg, "<figcaption>\(caption)</figcaption></figure>"]
    }
  }

  private static let caption = """
    Bars: denser hatching is worse. ◆ alert, ▲ call due, ■ somebody reached, \
    ● update sent, ✕ nobody left to call. Dashed lines: milestones.
    """

  private static func html(_ phrase: Phrase) -> String {
    phrase.runs.map { run in
      let text = Harmless.html(run.text)
      return switch run.style {
      case .plain: text
      case .strong: "<strong>\(text)</strong>"
      case .quiet: "<span class=\"quiet\">\(text)</span>"
      case .open: "<mark>[\(text)]</mark>"
      }
    }.joined()
  }

  /// System fonts, one column, black on white in print; light and dark as the reader's system has it.
  private static let style = """
    :root{color-scheme:light dark;--ink:#1a1a1a;--soft:#5a5a5a;--line:#c8c8c8;--paper:#fff;--tint:#f4f4f2}
    @media (prefers-color-scheme:dark){:root{--ink:#e8e6e3;--soft:#a8a5a0;--line:#4a4a4a;--paper:#161616;--tint:#222}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);\
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
    main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem 4rem}
    h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0 1rem}
    h2{font-size:1.2rem;margin:2rem 0 .5rem;padding-bottom:.2rem;border-bottom:1px solid var(--line)}
    h3{font-size:1rem;margin:1.2rem 0 .3rem}
    p,ul{margin:.4rem 0}ul{padding-left:1.3rem}.checks{list-style:none;padding-left:.2rem}
    dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.5rem 1.5rem;margin:0}
    dt{font-size:.8rem;color:var(--soft)}dd{margin:0}
    .warning{border:2px solid var(--ink);padding:.5rem .8rem;font-weight:600}
    .wide{overflow-x:auto;margin:.8rem 0}
    table{border-collapse:collapse;width:100%;font-size:.9rem}
    th,td{text-align:left;overflow-wrap:break-word;max-width:38rem;vertical-align:top;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line)}
    th{font-weight:600;white-space:nowrap}td:first-child{white-space:nowrap}
    .quiet{color:var(--soft)}mark{background:none;color:inherit;border-bottom:2px dotted;font-weight:600}
    figcaption,footer{font-size:.8rem;color:var(--soft)}footer{margin-top:3rem;border-top:1px solid var(--line)}
    svg{display:block;width:100%;min-width:44rem;height:auto;font:12px system-ui,sans-serif}
    svg text{fill:var(--ink)}.lane{text-anchor:end;font-weight:600}.time{text-anchor:middle}
    .time,.count{fill:var(--soft)}.mark{font-size:11px}.mark,.time{paint-order:stroke;stroke:var(--paper);stroke-width:3px}text.end{text-anchor:end}
    .span{fill:var(--tint);stroke:var(--ink);stroke-width:1}.plate{fill:var(--paper)}
    .hatch{stroke:var(--soft);stroke-width:.7;fill:none}
    .axis{stroke:var(--ink)}.tick{stroke:var(--line);stroke-width:.6}
    .milestone{stroke:var(--ink);stroke-width:1;stroke-dasharray:3 3;fill:none}
    .point{fill:var(--ink);stroke:var(--paper);stroke-width:1.5}.cross{stroke:var(--ink);stroke-width:3;fill:none}
    pre{overflow-x:auto;line-height:1.2}
    @media screen and (max-width:40rem){svg{font-size:13px}thead{display:none}
    table,tbody,tr,td{display:block;width:auto}tr{border-bottom:1px solid var(--line);padding:.35rem 0}
    td{border:0;padding:0 0 0 1rem;max-width:none}td:first-child{padding:0;font-weight:600}td:empty{display:none}
    td:nth-child(n+2)::before{content:attr(data-of) ": ";color:var(--soft);font-size:.85em}}
    @media print{:root{--ink:#000;--soft:#333;--line:#999;--paper:#fff;--tint:#fff}
    body{font-size:10.5pt}main{max-width:none;padding:0}.wide{overflow:visible}svg{min-width:0}
    h2{break-after:avoid}tr,li,figure{break-inside:avoid}}
    """
}
