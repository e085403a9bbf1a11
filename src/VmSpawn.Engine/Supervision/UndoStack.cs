namespace VmSpawn.Engine.Supervision;

/// <summary>What must be undone, in the reverse order of how it was done, on every way out.</summary>
internal sealed class UndoStack
{
    private readonly Stack<(string What, Func<Task> Undo)> steps = new();

    /// <summary>Adds the undoing of an effect that has just taken place, or is about to.</summary>
    /// <param name="what">What is undone, in a clause such as <c>end swtpm</c>.</param>
    /// <param name="undo">Undoes it; is called at most once, and must bear that it never came about.</param>
    public void Push(string what, Func<Task> undo) => steps.Push((what, undo));

    /// <summary>As <see cref="Push(string, Func{Task})"/>, for what takes no time.</summary>
    public void Push(string what, Action undo) =>
        Push(
            what,
            () =>
            {
                undo();
                return Task.CompletedTask;
            }
        );

    /// <summary>Undoes everything. A failure does not keep the rest from being undone.</summary>
    /// <returns>What failed, and how.</returns>
    public async Task<IReadOnlyList<(string What, Exception Failure)>> RunAsync()
    {
        List<(string, Exception)> failures = [];
        while (steps.TryPop(out var step))
        {
            try
            {
                await step.Undo();
            }
            catch (Exception e)
            {
                failures.Add((step.What, e));
            }
        }

        return failures;
    }
}
