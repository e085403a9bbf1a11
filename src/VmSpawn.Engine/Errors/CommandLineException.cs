namespace VmSpawn.Engine.Errors;

/// <summary>A <c>systemd-vmspawn</c> command line that cannot be read, or parameters that cannot be written as one.</summary>
/// <param name="errorId">
/// <c>UnknownOption</c>, <c>AmbiguousOption</c>, <c>MissingOptionValue</c>, <c>UnexpectedOptionValue</c>,
/// <c>UnbalancedQuote</c>, <c>UnsupportedShellSyntax</c> or <c>ParameterWithoutOption</c>.
/// </param>
/// <param name="word">The offending word or parameter.</param>
/// <param name="message">What is wrong with it, with the word.</param>
/// <param name="hint">What is accepted.</param>
public sealed class CommandLineException(string errorId, string word, string message, string hint)
    : VmSpawnException(errorId, VmErrorKind.InvalidArgument, message, word, hint);
