using System.Text;
using VmSpawn.Engine.Machines;
using Xunit;

namespace VmSpawn.Engine.Tests.Machines;

public sealed class MachineRecordJsonTests
{
    private const string Oldest =
        """{"name":"vm","id":"9a3f6a52-6f4c-4d3c-8d0e-0a6c0d1f2b3c","state":"Running","runDirectory":"/run/vmspawn/vm","summary":{"architecture":"x86_64","machineType":"q35","accelerator":"kvm","cpus":2,"memoryBytes":2147483648},"createdAt":"2026-11-22T21:00:00+00:00"}""";

    [Fact]
    public void A_record_with_only_what_is_required_can_be_read()
    {
        var record = MachineRecordJson.TryDeserialize(Encoding.UTF8.GetBytes(Oldest))!;

        Assert.Equal(MachineState.Running, record.State);
        Assert.Empty(record.Helpers);
        Assert.Empty(record.TemporaryFiles);
        Assert.Empty(record.Summary.Initrds);
    }

    [Fact]
    public void A_record_is_the_same_after_writing_and_reading()
    {
        var record = MachineRecordJson.TryDeserialize(Encoding.UTF8.GetBytes(Oldest))! with
        {
            Helpers = [new HelperProcess("swtpm", new ProcessIdentity(3, 4))],
            Failure = new MachineFailure("QemuExited", "QEMU exited: ü", "words", 1, "hint"),
            ExitStatus = 0,
        };

        var json = MachineRecordJson.Serialize(record);

        Assert.Equal(json, MachineRecordJson.Serialize(MachineRecordJson.TryDeserialize(json)!));
        Assert.DoesNotContain((byte)'\n', json);
    }

    [Fact]
    public void What_a_later_version_adds_is_passed_over()
    {
        var json = Oldest.Replace("""{"name":""", """{"later":{"x":[1]},"name":""");

        Assert.Equal("vm", MachineRecordJson.TryDeserialize(Encoding.UTF8.GetBytes(json))!.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"name":"vm","state":"Dreaming"}""")]
    public void What_is_no_record_is_none(string json) =>
        Assert.Null(MachineRecordJson.TryDeserialize(Encoding.UTF8.GetBytes(json)));
}
