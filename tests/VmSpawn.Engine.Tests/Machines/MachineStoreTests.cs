using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Machines;

public sealed class MachineStoreTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly MachineStore store;

    public MachineStoreTests()
    {
        File.SetUnixFileMode(directory.Root, (UnixFileMode)0x1C0);
        store = new MachineStore(directory.Root);
    }

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_runtime_directory_that_is_not_there_holds_no_machines()
    {
        var none = new MachineStore(directory.PathOf("none"));

        Assert.Empty(none.List());
        Assert.Null(none.Find("vm"));
        none.Forget("vm");
        Assert.False(Directory.Exists(none.Root));
    }

    [Fact]
    public void A_broken_record_never_hides_the_others()
    {
        Keep(Record("good"));
        directory.Write(".ended/broken/state.json", "{ this is not JSON");
        directory.Write(".ended/empty/state.json", "");
        directory.MakeDirectory(".ended/nothing");

        var records = store.List().ToDictionary(record => record.Name);

        Assert.Equal(["broken", "empty", "good", "nothing"], records.Keys.Order());
        Assert.Null(records["good"].Failure);
        Assert.Equal("RecordUnreadable", records["broken"].Failure!.ErrorId);
        Assert.Equal(MachineState.Failed, records["broken"].State);
    }

    [Fact]
    public void An_orphan_that_was_only_starting_is_removed_without_a_trace()
    {
        Leave(Record("vm") with { State = MachineState.Starting });

        Assert.Empty(store.List());
        Assert.False(Directory.Exists(directory.PathOf("vm")));
    }

    [Fact]
    public void An_orphan_that_ran_is_remembered_as_killed_with_its_logs_and_temporary_files()
    {
        var overlay = directory.Write("../" + Path.GetRandomFileName(), "overlay");
        Leave(
            Record("vm") with
            {
                State = MachineState.Running,
                Monitor = new ProcessIdentity(int.MaxValue, 1),
                Qemu = new ProcessIdentity(int.MaxValue - 1, 1),
                TemporaryFiles = [overlay],
            }
        );
        directory.Write("vm/console.log", "last words");
        directory.Write("vm/qemu.log", "qemu: fine");
        directory.Write("vm/secret", "secret");

        var found = store.Find("vm")!;

        Assert.Equal(MachineState.Failed, found.State);
        Assert.Equal("MonitorKilled", found.Failure!.ErrorId);
        Assert.Equal("qemu: fine", found.Failure.Output);
        Assert.Equal("last words", File.ReadAllText(Path.Join(found.RunDirectory, "console.log")));
        Assert.False(Directory.Exists(directory.PathOf("vm")));
        Assert.False(File.Exists(overlay));
        Assert.Equal(3, Directory.GetFiles(found.RunDirectory).Length);
    }

    [Fact]
    public void An_orphan_that_had_ended_already_keeps_its_end()
    {
        Leave(Record("vm") with { State = MachineState.Stopped, ExitStatus = 0, EndReason = "guest-shutdown" });

        var found = store.Find("vm")!;

        Assert.Equal(MachineState.Stopped, found.State);
        Assert.Equal("guest-shutdown", found.EndReason);
    }

    [Fact]
    public void A_process_that_has_the_number_of_another_is_left_alone()
    {
        var self = ProcessIdentity.Of(Environment.ProcessId)!;
        Leave(
            Record("vm") with
            {
                State = MachineState.Running,
                Monitor = self with { StartTime = self.StartTime - 1 },
                Qemu = self with { StartTime = self.StartTime - 1 },
            }
        );

        // That this test goes on is the proof.
        Assert.Equal("MonitorKilled", store.Find("vm")!.Failure!.ErrorId);
    }

    [Fact]
    public void A_name_that_is_held_is_no_orphan()
    {
        using var held = NameLock.TryReserve(new RunDirectory(directory.PathOf("vm")))!;

        Assert.Null(store.Find("vm"));
        Assert.True(Directory.Exists(directory.PathOf("vm")));
        Assert.Null(NameLock.TryReserve(held.RunDirectory));
        Assert.Null(NameLock.TryTakeOver(held.RunDirectory));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData(".ended")]
    [InlineData("")]
    [InlineData("a/b")]
    public void A_name_that_is_none_finds_nothing_and_has_no_directory(string name)
    {
        Assert.Null(store.Find(name));
        store.Forget(name);
        Assert.Throws<InvalidValueException>(() => store.GetRunDirectory(name));
    }

    [Fact]
    public void Only_the_newest_ended_machines_are_kept()
    {
        for (var i = 0; i < 70; i++)
        {
            Keep(Record($"vm{i}"));
        }

        Assert.Equal(64, store.List().Count);
        Assert.Null(store.Find("vm0"));
        Assert.NotNull(store.Find("vm69"));
    }

    [Fact]
    public void Of_a_long_console_the_end_is_kept()
    {
        directory.Write("vm/console.log.1", new string('a', 900_000) + new string('b', 100_000));
        directory.Write("vm/console.log", new string('c', 1_000_000));

        Keep(Record("vm"));

        var kept = File.ReadAllText(directory.PathOf(".ended/vm/console.log"));
        Assert.Equal(1024 * 1024, kept.Length);
        Assert.EndsWith(new string('c', 1_000_000), kept);
        Assert.Equal(1024 * 1024 - 1_000_000, kept.Count(c => c == 'b'));
    }

    private static MachineRecord Record(string name) =>
        new()
        {
            Name = name,
            Id = Guid.NewGuid(),
            State = MachineState.Stopped,
            RunDirectory = "/nowhere",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Summary = new MachineSummary
            {
                Architecture = "x86_64",
                MachineType = "q35",
                Accelerator = "tcg",
                Cpus = 1,
                MemoryBytes = 1,
            },
        };

    private void Keep(MachineRecord record) =>
        new EndedMachines(directory.Root).Keep(new RunDirectory(directory.PathOf(record.Name)), record);

    // As a killed supervisor leaves it: the lock file is there, and free.
    private void Leave(MachineRecord record)
    {
        directory.Write($"{record.Name}/lock", "");
        directory.Write($"{record.Name}/state.json", MachineRecordJson.Serialize(record));
    }
}
