using System.Text;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Planning;

/// <summary>
/// A plan as text for people and for golden tests: one QEMU option a line, so that a change of behaviour is a readable
/// difference. Bytes of secret files are left out.
/// </summary>
internal static class LaunchPlanText
{
    /// <summary>The whole plan.</summary>
    public static string Format(LaunchPlan plan)
    {
        var text = new StringBuilder();
        text.Append($"name: {plan.Name}\nrun directory: {plan.RunDirectory}\nqemu: {plan.QemuBinary}\n");
        AppendSection(text, "options", plan.QemuOptions.Select(option => option.ToString()));
        AppendSection(text, "extra arguments", plan.ExtraQemuArguments.Select(ShellWord.Quote));
        AppendSurroundings(text, plan);
        AppendSection(text, "warnings", plan.Warnings);
        return text.ToString();
    }

    /// <summary>All but QEMU's command line and the warnings: what it inherits, what is made for it, and why.</summary>
    public static string FormatSurroundings(LaunchPlan plan)
    {
        var text = new StringBuilder();
        AppendSurroundings(text, plan);
        return text.ToString();
    }

    private static void AppendSurroundings(StringBuilder text, LaunchPlan plan)
    {
        AppendSection(text, "descriptors", plan.Descriptors.Select(Describe));
        AppendSection(text, "files", plan.Files.Select(Describe));
        AppendSection(text, "credentials", plan.Credentials.Select(credential => credential.ToString()));
        AppendSection(text, "helpers", plan.Helpers.SelectMany(Describe));
        AppendSection(text, "notifications", plan.Notifications is { } place ? [place.ToString()] : []);
        AppendSection(text, "service manager", plan.ServiceManager is { } manager ? [manager.ToString()] : []);
        AppendSection(text, "registration", plan.Registration is { } registration ? Describe(registration) : []);
        AppendSection(text, "claims", plan.Claims.Select(claim => $"{Access(claim.Writable)} {claim.Path}"));
        AppendSection(text, "decisions", plan.Decisions.Select(decision => decision.ToString()));
    }

    private static void AppendSection(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var empty = true;
        foreach (var line in lines)
        {
            if (empty)
            {
                text.Append($"{title}:\n");
                empty = false;
            }

            text.Append($"  {line}\n");
        }
    }

    private static string Describe(PlannedDescriptor descriptor) =>
        descriptor switch
        {
            QmpDescriptor => $"{descriptor.Number} QMP",
            ConsoleDescriptor => $"{descriptor.Number} console",
            NotifyDescriptor => $"{descriptor.Number} notifications",
            DeviceDescriptor { VsockCid: { } cid } device => $"{device.Number} {device.Path} with guest CID {cid}",
            DeviceDescriptor device => $"{device.Number} {device.Path}",
            PassedDescriptor passed => $"{passed.Number} passed as '{passed.Name}' ({passed.SourceNumber})"
                + (passed.VsockCid is { } cid ? $" with guest CID {cid}" : ""),
            _ => $"{descriptor.Number} {descriptor.GetType().Name}",
        };

    private static string Describe(PlannedFile file) =>
        file switch
        {
            CopiedFile { KeepExisting: true } copy => $"{copy.Path}: copy of {copy.Source} unless it exists; kept",
            CopiedFile copy => $"{copy.Path}: copy of {copy.Source}",
            WrittenFile { Secret: true } secret => $"{secret.Path}: secret",
            WrittenFile written => $"{written.Path}: {written.Content.Length} bytes",
            JoinedFile joined =>
                $"{joined.Path}: {string.Join(" + ", joined.Sources)}, each aligned to {joined.Alignment}",
            OverlayFile overlay => $"{overlay.Path}: qcow2 overlay over {overlay.BaseFormat} {overlay.Base}"
                + (overlay.VirtualSize is { } size ? $", {size} bytes" : ""),
            CommandFile command => $"{command.Path}: made by {ShellWord.Join(command.Argv)}",
            EncodedFile encoded => $"{encoded.Path}: {encoded.Prefix} and base64 of {encoded.Source}",
            ExtractedFile extracted => $"{extracted.Path}: {extracted.SourcePath} of image {extracted.Source}",
            GrownFile grown => $"{grown.Path}: grown to {grown.Length} bytes",
            _ => $"{file.Path}: {file.GetType().Name}",
        };

    private static IEnumerable<string> Describe(PlannedHelper helper)
    {
        yield return helper.Essential ? helper.Id : $"{helper.Id} (not essential)";
        foreach (var directory in helper.Directories)
        {
            yield return $"  directory {directory}";
        }

        foreach (var command in helper.Prepare)
        {
            yield return $"  first {ShellWord.Join(command)}";
        }

        if (helper.Namespace is { View: not DirectoryView.Itself } space)
        {
            yield return $"  seeing {space.Directory} as {space.View}";
        }

        yield return $"  run {ShellWord.Join([.. helper.Namespace?.UserNamespace ?? [], .. helper.Argv])}";
        if (helper.ListenPath is not null)
        {
            yield return $"  listening on {helper.ListenPath} as descriptor {helper.ListenDescriptor}";
        }

        if (helper.ListenVsockPort is { } port)
        {
            yield return $"  listening on vsock:2:{port} as descriptor {helper.ListenDescriptor}";
        }

        if (helper.AwaitSocket is not null)
        {
            yield return $"  until {helper.AwaitSocket} exists";
        }
    }

    private static IEnumerable<string> Describe(PlannedRegistration registration)
    {
        var manager = registration.Manager is ServiceManager.System ? "system" : "user";
        if (registration.Scope is { } scope)
        {
            yield return $"scope {scope.Unit} of the {manager}'s service manager";
            foreach (var property in scope.Properties)
            {
                yield return $"  {property}";
            }
        }

        if (registration.Machine is { } machine)
        {
            yield return $"machine {machine.Name} with the {manager}'s machined"
                + (machine.SshAddress is { } address ? $", ssh to {address}" : "");
        }
    }

    private static string Access(bool writable) => writable ? "write" : "read";
}
