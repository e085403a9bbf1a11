using System.Management.Automation;
using CsCheck;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Tests.Terminal;

public sealed class ProgressTextTests
{
    [Fact]
    public void A_percentage_is_a_bar()
    {
        var record = new ProgressRecord(1, "Starting", "booting") { PercentComplete = 50, CurrentOperation = "kernel" };
        Assert.Equal("Starting [##########          ]  50 % booting: kernel", ProgressText.Line(record, 80));
    }

    [Fact]
    public void Without_a_percentage_there_is_no_bar_and_children_are_indented()
    {
        var record = new ProgressRecord(2, "Inner", "x") { ParentActivityId = 1, SecondsRemaining = 7 };
        Assert.Equal("  Inner x (7 s left)", ProgressText.Line(record, 80));
    }

    [Fact]
    public void A_line_never_exceeds_its_width_nor_breaks() =>
        Gen.Select(Gen.String, Gen.String, Gen.Int[-1, 100], Gen.Int[1, 200])
            .Where((activity, status, _, _) => activity.Length > 0 && status.Length > 0)
            .Sample(
                (activity, status, percent, width) =>
                {
                    var line = ProgressText.Line(
                        new ProgressRecord(1, activity, status) { PercentComplete = percent },
                        width
                    );
                    Assert.True(line.Length <= width);
                    Assert.DoesNotContain('\n', line);
                    Assert.DoesNotContain('\e', line);
                }
            );
}
