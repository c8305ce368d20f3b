# A team's way through what was read from its document.

write_outage() {
  printf '# Outages\n\n| Severity | Acknowledge | Resolve |\n|---|---|---|\n| SEV-1 | 5 min | 4 h |\n| SEV-2 | 30 min | 8 h |\n\n' >"$scratch/OUTAGE.md"
  printf '## Afterwards\n\nEverybody has a coffee.\n' >>"$scratch/OUTAGE.md"
}

decided() { grep -qE -- "$1" "$scratch/OUTAGE.md.muster.yaml"; }

test_a_document_is_reviewed_key_by_key() {
  write_outage && open 100x30 && run_in_shell "cd; muster procedure review OUTAGE.md" && see '0 of 4 rules confirmed' &&
    type_keys y && see '1 of 4 rules confirmed' && decided 'decision: confirmed' && type_keys x && see '3 rules confirmed, 1 struck' &&
    type_keys e && see 'What the line says' && type_keys C-u && say 'SEV-2: acknowledge within soon' && enter && see 'is not a duration' &&
    type_keys C-w && say '20m' && enter && see '1 corrected' && decided 'rule: "SEV-2: acknowledge within 20m"' || return
  type_keys y && see 'Everything is decided' && type_keys End && type_keys a && see 'Add the rule of line 10' &&
    say 'watch 30m after resolved' && enter && see '1 added' && type_keys q && see 'Reviewed: 4 of 4 rules confirmed' &&
    run_in_shell 'clear; muster procedure check --reviewed OUTAGE.md | tail -2; echo "exit $?"' && see 'Reviewed: 4 of 4' &&
    sane_shell
}

test_what_is_decided_elsewhere_meanwhile_is_not_lost() {
  write_outage && open 100x30 && run_in_shell "cd; muster procedure review OUTAGE.md" && see '0 of 4 rules confirmed' || return
  "$muster" procedure review "$scratch/OUTAGE.md" --draft >/dev/null || return
  sed -i '0,/decision: open/s//decision: struck/' "$scratch/OUTAGE.md.muster.yaml"
  type_keys y && see 'changed elsewhere and reloaded' && see '1 struck out' && type_keys y && see '1 of 3 rules confirmed' &&
    decided 'decision: struck' && echo 'And a cake.' >>"$scratch/OUTAGE.md" && type_keys y && see 'And a cake' &&
    see '2 of 3 rules confirmed' && type_keys q && see 'Reviewed: 2 of 3'
}
