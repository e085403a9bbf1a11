using VmSpawn.Engine.Supervision;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

public sealed class UndoStackTests
{
    [Fact]
    public async Task It_undoes_in_reverse_order_and_once()
    {
        var undone = new List<string>();
        var undo = new UndoStack();
        undo.Push("one", () => undone.Add("one"));
        undo.Push(
            "two",
            async () =>
            {
                await Task.Yield();
                undone.Add("two");
            }
        );

        Assert.Empty(await undo.RunAsync());
        Assert.Empty(await undo.RunAsync());

        Assert.Equal(["two", "one"], undone);
    }

    [Fact]
    public async Task A_failure_is_told_and_does_not_keep_the_rest_from_being_undone()
    {
        var undone = new List<string>();
        var undo = new UndoStack();
        undo.Push("one", () => undone.Add("one"));
        undo.Push("two", () => throw new IOException("deliberate"));
        undo.Push("three", () => undone.Add("three"));

        var (what, failure) = Assert.Single(await undo.RunAsync());

        Assert.Equal("two", what);
        Assert.Equal("deliberate", failure.Message);
        Assert.Equal(["three", "one"], undone);
    }

    [Fact]
    public async Task What_is_added_while_undoing_is_undone_too()
    {
        var undone = new List<string>();
        var undo = new UndoStack();
        undo.Push("one", () => undo.Push("late", () => undone.Add("late")));

        await undo.RunAsync();

        Assert.Equal(["late"], undone);
    }
}
