namespace VmSpawn.Engine.Console;

/// <summary>The first line on a console socket; answered with one line, after which the console itself follows.</summary>
/// <param name="Access">What the client wants to do.</param>
/// <param name="History">How many bytes of earlier output it wants first.</param>
/// <param name="WholeLines">True to leave out the line that this begins in the middle of.</param>
internal sealed record ConsoleRequest(ConsoleAccess Access, int History, bool WholeLines = false);
