namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>
/// A program that looks like QEMU from where the supervisor stands: QMP on descriptor 3, the console on descriptor 4.
/// Its first argument says how it behaves.
/// </summary>
internal static class DummyQemu
{
    /// <summary>Answers, and ends when asked.</summary>
    public const string WellBehaved = "well-behaved";

    /// <summary>Answers, and shuts down by itself at once.</summary>
    public const string Brief = "brief";

    /// <summary>Answers, then fails by itself.</summary>
    public const string Failing = "failing";

    /// <summary>Answers, but its guest hears no power button.</summary>
    public const string IgnoringPowerButton = "ignoring";

    /// <summary>
    /// Answers; its guest hears no power button, but SIGUSR1 shuts it down. The second argument is a file for its process id.
    /// </summary>
    public const string ReachableBySsh = "reachable";

    /// <summary>Answers, but neither QMP quit nor SIGTERM end it.</summary>
    public const string Stubborn = "stubborn";

    /// <summary>Answers; its guest never stops writing.</summary>
    public const string Chatty = "chatty";

    /// <summary>Answers; its guest writes back what is typed.</summary>
    public const string Echoing = "echoing";

    /// <summary>Answers; its guest is stopped.</summary>
    public const string Paused = "paused";

    /// <summary>Dies at once with words of its own.</summary>
    public const string Dying = "dying";

    /// <summary>Dies at once by a signal.</summary>
    public const string Crashing = "crashing";

    /// <summary>Never answers.</summary>
    public const string Silent = "silent";

    /// <summary>Never answers, nor does SIGTERM end it.</summary>
    public const string SilentAndStubborn = "silent-stubborn";

    /// <summary>Speaks something else.</summary>
    public const string Garbled = "garbled";

    private const string Script = """
        send() { printf '%s\n' "$1" >&3; }
        event() { send "{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"$1\"${2:+, \"data\": $2}}"; }
        ok() { send "{\"return\": ${1:-{\}}, \"id\": $id}"; }
        idle() { while :; do sleep 0.1; done; }

        status=running running=true
        case $1 in
            dying) echo "qemu: -device nonsense: 'nonsense' is not a valid device model name" >&2; exit 1 ;;
            crashing) kill -SEGV $$ ;;
            silent) idle ;;
            silent-stubborn) trap '' TERM; idle ;;
            garbled) send 'HTTP/1.1 400 Bad Request'; idle ;;
            stubborn) trap '' TERM ;;
            paused) status=prelaunch running=false ;;
            chatty) while :; do printf '%065535d\n' 0; done >&4 & ;;
            echoing) cat <&4 >&4 & ;;
            reachable)
                trap 'event SHUTDOWN "{\"guest\": true, \"reason\": \"guest-shutdown\"}"; exit 0' USR1
                echo $$ >"$2" ;;
        esac
        printf 'hello from the guest\r\n' >&4
        send '{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": "dummy"}, "capabilities": ["oob"]}}'
        while IFS= read -r line <&3; do
            id=${line##*'"id":'} id=${id%\}}
            case $line in
                *'"qmp_capabilities"'*) ok ;;
                *'"query-status"'*)
                    ok "{\"status\": \"$status\", \"running\": $running}"
                    case $1 in
                        brief) event SHUTDOWN '{"guest": true, "reason": "guest-shutdown"}'; exit 0 ;;
                        failing) echo 'qemu: terminating on a failure of its own' >&2; exit 3 ;;
                    esac ;;
                *'"stop"'*) status=paused running=false; event STOP; ok ;;
                *'"cont"'*) status=running running=true; event RESUME; ok ;;
                *'"system_powerdown"'*)
                    event POWERDOWN; ok
                    case $1 in ignoring | reachable) continue ;; esac
                    printf 'bye\r\n' >&4
                    event SHUTDOWN '{"guest": true, "reason": "guest-shutdown"}'
                    exit 0 ;;
                *'"exit-'*)
                    code=${line##*'"exit-'}; code=${code%%'"'*}
                    event SHUTDOWN '{"guest": true, "reason": "guest-shutdown"}'
                    exit "$code" ;;
                *'"die-'*)
                    signal=${line##*'"die-'}; kill -"${signal%%'"'*}" $$ ;;
                *'"reset"'*) event RESET '{"guest": true, "reason": "guest-reset"}'; ok ;;
                *'"notify-'*)
                    text=${line##*'"notify-'}; printf '%b' "${text%%'"'*}" >&5; ok ;;
                *'"quit"'*)
                    ok
                    [ "$1" = stubborn ] && continue
                    event SHUTDOWN '{"guest": false, "reason": "host-qmp-quit"}'
                    exit 0 ;;
                *) send "{\"id\": $id, \"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command has not been found\"}}" ;;
            esac
        done
        [ "$1" = stubborn ] && idle
        """;

    /// <summary>Writes the program.</summary>
    public static string Install(TemporaryDirectory directory) => directory.WriteScript("qemu", Script);
}
