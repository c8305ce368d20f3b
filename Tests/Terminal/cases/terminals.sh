# Every kind of terminal gets a screen it can show, or one clear line.

# All terminals in the given locale, one after the other in one window.
every_terminal() {
  local locale=$1 term colors
  declare_incident && open 150x30 || return
  for term in tmux-256color screen-256color xterm-256color xterm linux vt100 dumb no-such-terminal; do
    for colors in '' NO_COLOR=1; do
      run_in_shell "clear; env TERM=$term LC_ALL=$locale $colors muster console; echo status=\$?"
      case $term in
      dumb | no-such-terminal)
        see '^status=2' && see '^muster: .*--dump' || return
        expect "lines on $term" "$(screen | sed -n '/^muster: /,/^status=/p' | wc -l)" 2 || return
        ;;
      *)
        see '4 Timeline.*following' && see '^.?SEV-1' && see 'NOT ACKNOWLEDGED' || return
        [ -z "$colors" ] || expect "colours on $term" "$(colours_shown)" 0 || return
        [ $locale = C.UTF-8 ] || expect "bytes on $term" "$(screen | LC_ALL=C tr -d '\0-\177' | wc -c)" 0 || return
        leave_screen 'status=0' || return
        ;;
      esac
    done
  done
}

# How many sequences of the screen set a colour.
colours_shown() {
  in_tmux capture-pane -t "$window" -p -e | grep -oE $'\033\\[([0-9;]*;)?([34][0-7]|9[0-7]|10[0-7]|[34]8;[0-9;]*)m' | wc -l
}

test_every_terminal_with_utf8() { every_terminal C.UTF-8; }
test_every_terminal_with_the_c_locale() { every_terminal C; }

test_frames_are_dumped_as_text() {
  declare_incident || return
  local size program
  for program in console wall; do
    for size in 80x24 40x12 120x30 160x45 240x67 20x3; do
      "$muster" $program --dump $size </dev/null >"$scratch/dump" || fail "$program --dump $size failed" || return
      expect "rows of $program $size" "$(wc -l <"$scratch/dump")" "${size#*x}" || return
      [ "$(wc -L <"$scratch/dump")" -le "${size%x*}" ] || fail "a row of $program $size is too wide" || return
      no_control_byte "$scratch/dump" || return
    done
    "$muster" $program --dump 80x24 | grep -qi 'Checkout returns 502' || fail "no title in $program" || return
  done
  "$muster" console --dump 80 >/dev/null 2>&1
  expect 'status' "$?" 2
}
