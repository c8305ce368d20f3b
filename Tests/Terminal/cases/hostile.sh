# Nothing that somebody else wrote or sent does anything to the screen or to the store.

start_for_paste() {
  start_console && log_lines >"$scratch/before" && printf 'declare\nq\nyes\n' | in_tmux load-buffer -b paste -
}

nothing_was_done() {
  see "$1" && see 'Checkout returns 502' && log_lines | cmp -s - "$scratch/before" ||
    fail 'a paste was taken for commands' || return
  leave_screen
}

test_a_marked_paste_does_nothing() {
  start_for_paste && in_tmux paste-buffer -p -b paste -t "$window" && nothing_was_done 'text was pasted'
}

test_an_unmarked_paste_does_nothing() {
  start_for_paste && in_tmux paste-buffer -b paste -t "$window" && nothing_was_done 'look like a paste'
}

test_a_paste_into_a_note_is_its_text() {
  start_for_paste && type_keys n && see ' Note ' && in_tmux paste-buffer -p -b paste -t "$window" &&
    see 'declare' && enter && in_log '"text":"declare\\nq\\nyes'
}

test_an_unmarked_paste_into_a_note_ends_with_its_first_line() {
  start_for_paste && type_keys n && see ' Note ' && in_tmux paste-buffer -b paste -t "$window" &&
    see 'N  declare' && type_keys M && see 'look like a paste' && type_keys Escape &&
    gone 'look like a paste' && expect 'lines' "$(log_lines | wc -l)" 2 && leave_screen
}

# The texts of these notes: escape sequences, C1, bidirectional overrides, zero-width joiners, 10 KB.
write_hostile_notes() {
  printf 'h1 \033]0;OWNED\007\033[31337m\033[2J\033c\r\b' | "$muster" note - &&
    printf 'h2 \302\233\063\063m \302\235OWNED \177' | "$muster" note - &&
    printf 'h3 \342\200\256dlrow\342\200\254 \360\237\221\251\342\200\215\360\237\222\273 \357\273\277 \342\201\246x' |
    "$muster" note - &&
    { printf 'h4 ' && head -c 10240 /dev/zero | tr '\0' 'w'; } | "$muster" note - || return
  # Raw bytes that are no UTF-8 and a zero byte: refused or made harmless, but never stored as they are.
  printf 'h5 \377\376 \300\200' | "$muster" note - 2>/dev/null
  printf 'h6 a\0b' | "$muster" note - 2>/dev/null
  # A newer or a foreign program may write anything that JSON can say.
  append_sealed '"kind":"note.added","data":{"text":"h7 \u001b]0;OWNED\u0007\u0000\u009b31m\u202e\u200d end"}'
}

# append_sealed FIELDS: adds a line with a right seal to the log, as another program may.
append_sealed() {
  local file seq previous line
  file=$(ls "$MUSTER_HOME"/incidents/*.jsonl)
  seq=$(($(wc -l <"$file") + 1))
  previous=$(tail -n 1 "$file" | sed 's/.*,"hash":"\([0-9a-f]*\)"}$/\1/')
  line='{"seq":'$seq',"id":"0190b7a0-0000-7000-8000-'$(printf '%012d' "$seq")'"'
  line+=',"recorded":"'$(date -u +%Y-%m-%dT%H:%M:%S.000Z)'","actor":"x","source":"x",'$1
  printf '%s,"hash":"%s"}\n' "$line" "$(printf '%s%s' "$previous" "$line" | sha256sum | cut -d' ' -f1)" >>"$file"
}

# no_raw_text FILE: none of the hostile sequences is in it.
no_raw_text() {
  local bytes
  for bytes in $'\033]0;OWNED' $'\033[31337m' $'\033[2J\033c' $'\302\233' $'\302\235' $'\342\200\256' \
    $'\342\200\254' $'\342\200\215' $'\342\201\246' $'\357\273\277' $'\377\376' $'\300\200'; do
    ! LC_ALL=C grep -qaF -- "$bytes" "$1" || fail "raw bytes in $1: $(printf %q "$bytes")" || return
  done
}

# no_control_byte FILE: nothing below a space but line ends.
no_control_byte() {
  expect "control bytes in $1" "$(LC_ALL=C tr -cd '\000-\011\013-\037\177' <"$1" | wc -c)" 0
}

test_hostile_text_is_harmless_on_the_screens() {
  declare_incident && write_hostile_notes >/dev/null && "$muster" verify >/dev/null || fail 'not a whole log' || return
  local program keys
  for program in console wall; do
    open 120x40 && record_output "$scratch/$program.bytes" && run_in_shell "muster $program" &&
      see 'h6 a' || return
    if [ $program = console ]; then
      type_keys 4 z
      for keys in j j 'j j'; do
        type_keys $keys Enter && see '╔ Entry' && type_keys Escape && gone '╔ Entry' || return
      done
      type_keys z / &&
        see 'Enter keeps it' && say 'h3' && see 'found' && type_keys Escape && gone 'Enter keeps it' || return
    fi
    in_tmux capture-pane -t "$window" -p -e >"$scratch/$program.screen"
    expect 'title' "$(in_tmux display -p -t "$window" '#{pane_title}' | grep -c OWNED)" 0 &&
      no_raw_text "$scratch/$program.bytes" && no_raw_text "$scratch/$program.screen" || return
    in_tmux kill-session -t "$window"
  done
}

test_hostile_text_is_harmless_in_plain_output() {
  declare_incident && write_hostile_notes >/dev/null || return
  local verb
  for verb in log show 'log --json' 'show --json' list 'console --dump 100x30' 'wall --dump 100x30'; do
    "$muster" $verb >"$scratch/out" 2>&1 || fail "$verb failed" || return
    no_control_byte "$scratch/out" && no_raw_text_of "$verb" || return
  done
}

# JSON is for programs: there only what a terminal would obey has to be escaped.
no_raw_text_of() {
  case $1 in
  *--json) ! LC_ALL=C grep -qa $'\302[\200-\237]' "$scratch/out" || fail "raw C1 in $1" ;;
  *) no_raw_text "$scratch/out" ;;
  esac
}

# A line of pseudo-random sizes, the same every time.
storm() {
  local seed=7 i
  for i in $(seq 60); do
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    local width=$((seed / 65536 % 200 + 1))
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    resize "${width}x$((seed / 65536 % 60 + 1))" || return
  done
  resize 1x1 && resize 200x60 && resize 100x30
}

survives_a_storm() {
  local pid
  pid=$(pane_child)
  storm && until_true 10 size_is 100x30 || fail 'the window is not back' || return
  kill -0 "$pid" || fail 'it died' || return
  see "$1"
}

hostile_console() {
  declare_incident && "$muster" note '障害が起きた 🔥🔥 ünïcödé e̊ 👩‍💻' >/dev/null && open 100x30 &&
    run_in_shell 'muster console' && see 'Checkout returns 502'
}

test_a_storm_of_sizes_with_the_help_open() {
  hostile_console && type_keys '?' && see 'write a note' && survives_a_storm 'write a note' &&
    type_keys Escape && see '4 Timeline' && see '障害が起きた' && leave_screen
}

test_a_storm_of_sizes_with_a_dialog_open() {
  hostile_console && type_keys R && see ' y ' && survives_a_storm ' y ' && type_keys n &&
    see 'cancelled|nothing was done|ignored' && type_keys n && see ' Note ' && say 'half a note' && survives_a_storm 'half a note' &&
    enter && in_log 'half a note' && not_in_log '"status.changed"|"incident.closed"'
}

test_a_storm_of_sizes_on_the_wall() {
  declare_incident && open 100x30 && run_in_shell 'muster wall' && see 'SEV-1 .*INVESTIGATING' &&
    survives_a_storm 'SEV-1 .*INVESTIGATING' && type_keys q && see 'Leave the wall' &&
    survives_a_storm 'Leave the wall' && type_keys y && see 'READY> *$'
}
