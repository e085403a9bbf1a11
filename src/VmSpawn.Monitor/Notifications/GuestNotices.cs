using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Notifications;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Notifications;

/// <summary>
/// What the guest tells of itself: kept in the record, told to whoever follows the VM and to our service manager. However
/// much it tells, that is done ten times a second at most.
/// </summary>
/// <param name="loop">Where time passes.</param>
/// <param name="state">The record.</param>
/// <param name="publish">Tells those who follow the VM of an event.</param>
/// <param name="changed">Called with what is known, after it has changed.</param>
internal sealed class GuestNotices(
    EventLoop loop,
    StateFile state,
    Action<ControlReply> publish,
    Action<GuestReport, GuestReport> changed
)
{
    private const int MostWarnings = 16;
    private const int MostEvents = 32;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly List<ControlReply> events = new(MostEvents);
    private GuestReport report = GuestReport.None;
    private GuestReport told = GuestReport.None;
    private LoopTimer? pause;

    /// <summary>What is known now.</summary>
    public GuestReport Report => report;

    /// <summary>Takes a message.</summary>
    public void Take(ReadOnlySpan<byte> message)
    {
        foreach (var field in NotifyMessage.Parse(message))
        {
            var before = report;
            report = GuestNotice.Apply(report, field, loop.Time.GetUtcNow(), out var warning);
            if (warning is not null)
            {
                Warn(warning);
            }

            if (!ReferenceEquals(report, before) && events.Count < MostEvents && EventOf(field) is { } news)
            {
                events.Add(news);
            }
        }

        Tell();
    }

    /// <summary>A message of the guest was too long.</summary>
    public void WarnOfLength() =>
        Warn($"A message of the guest was dropped: it is longer than {NotifyMessage.SizeLimit} bytes.");

    /// <summary>Somebody else than the guest has sent a message.</summary>
    public void WarnOfStranger(string who) =>
        Warn($"A message was dropped that did not come from where the guest's come from, but from {who}.");

    /// <summary>The guest boots again: what it told of itself is so no more.</summary>
    public void Reset()
    {
        report = GuestReport.None;
        Tell();
    }

    /// <summary>Tells everything now.</summary>
    public void Flush()
    {
        pause?.Dispose();
        pause = null;
        if (report != told)
        {
            var before = told;
            told = report;
            state.Update(record => record with { Guest = told == GuestReport.None ? null : told });
            changed(before, told);
        }

        events.ForEach(publish);
        events.Clear();
    }

    /// <summary>Keeps something that the user should know, once.</summary>
    public void Warn(string text)
    {
        if (state.Current.Warnings.Length < MostWarnings && !state.Current.Warnings.Contains(text))
        {
            state.Update(record => record with { Warnings = record.Warnings.Add(text) });
        }
    }

    // At once if it has been quiet, and else when the pause is over.
    private void Tell()
    {
        if (pause is null && (report != told || events.Count > 0))
        {
            Flush();
            pause = loop.After(
                Interval,
                () =>
                {
                    pause = null;
                    Tell();
                }
            );
        }
    }

    private static ControlReply? EventOf(NotifyField field) =>
        field.Key switch
        {
            "READY" => new ControlReply { Event = ControlReply.GuestReadyEvent },
            "STATUS" => Said(ControlReply.GuestStatusEvent, field),
            "EXIT_STATUS" => Said(ControlReply.GuestExitStatusEvent, field),
            "X_SYSTEMD_UNIT_ACTIVE" => Said(ControlReply.GuestUnitActiveEvent, field),
            "X_SYSTEMD_UNIT_INACTIVE" => Said(ControlReply.GuestUnitInactiveEvent, field),
            "X_SYSTEMD_SHUTDOWN" => Said(ControlReply.GuestShutdownEvent, field),
            _ => null,
        };

    private static ControlReply Said(string name, NotifyField field) =>
        new() { Event = name, Said = NotifyText.Clean(field.Value) };
}
