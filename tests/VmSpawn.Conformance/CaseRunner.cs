using VmSpawn.Conformance.Cases;
using VmSpawn.Conformance.Facts;
using VmSpawn.Conformance.Hosts;
using VmSpawn.Engine.Arguments;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Conformance;

/// <summary>Runs cases: from the words of the command line to the facts of the plan, without starting anything.</summary>
internal static class CaseRunner
{
    /// <summary>Runs one case and says what differs from what it expects.</summary>
    public static CaseResult Run(ConformanceCase conformanceCase)
    {
        Outcome outcome;
        try
        {
            outcome = Carry(conformanceCase);
        }
        catch (VmSpawnException error)
        {
            outcome = Outcome.Failure(error);
        }
        catch (Exception error)
        {
            // Anything but a typed error is a fault of ours, and the other cases should still be run.
            return new CaseResult(conformanceCase, [$"ended with {error.GetType().Name}: {error.Message}"], []);
        }

        var expectation = conformanceCase.Expectation;
        return new CaseResult(
            conformanceCase,
            [.. Judgement.Problems(expectation, outcome)],
            [.. Judgement.MissingWarnings(expectation, outcome)]
        );
    }

    private static Outcome Carry(ConformanceCase conformanceCase)
    {
        var host = new FakeHost(conformanceCase);
        var commandLine = VmSpawnCommandLine.Parse(conformanceCase.Arguments);
        if (commandLine.Action != CommandLineAction.Start)
        {
            return Outcome.Success(ListingFacts.Of(commandLine, host, conformanceCase.WorkingDirectory));
        }

        var configuration = CommandLineConfiguration.Create(commandLine, conformanceCase.WorkingDirectory);
        var vm = new VmResolver(host).Resolve(configuration);
        var plan = LaunchPlanner.Plan(vm);
        var facts = PlanFacts.Of(vm, plan);
        PresentationFacts.Add(facts, commandLine);
        return Outcome.Success(facts, plan.Warnings);
    }
}
