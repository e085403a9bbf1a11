using System.Collections;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using VmSpawn.Commands;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Parameters;

/// <summary>The description of a VM that a service keeps: parameters of <c>Start-VmSpawn</c>, as they were given.</summary>
internal sealed class ServiceParameters
{
    // Objects of this session, what the service itself decides, and what a plan is told from a description by.
    private static readonly HashSet<string> NotOffered = ["BootEntry", "KeepUnit", "MadeBefore"];

    // systemd shows units, with their command lines, to everybody.
    private static readonly HashSet<string> Secrets = ["Credential", "SetCredential"];

    // Paths whose meaning must not depend on where the service runs.
    private static readonly HashSet<string> Paths = ["Image", "Directory", "Linux", "Initrd", "EfiNvramTemplate"];

    private static readonly HashSet<string> OfUnit = ["Slice", "Property", "System", "User"];

    private readonly PSCmdlet _cmdlet;
    private readonly Dictionary<string, object?> _given = new(StringComparer.OrdinalIgnoreCase);

    public ServiceParameters(PSCmdlet cmdlet, RuntimeDefinedParameterDictionary defined)
    {
        _cmdlet = cmdlet;
        foreach (var parameter in defined.Values.Where(parameter => parameter.IsSet))
        {
            if (Secrets.Contains(parameter.Name))
            {
                throw new VmSpawnException(
                    "SecretInService",
                    VmErrorKind.InvalidArgument,
                    $"-{parameter.Name} would put a secret into a unit file, and systemd shows units to everybody.",
                    $"-{parameter.Name}",
                    "Keep the secret in a file that only its owner can read, and use -LoadCredential ID:PATH."
                );
            }

            _given[parameter.Name] = parameter.Value;
        }

        Slice = _given.GetValueOrDefault("Slice") is string { Length: > 0 } slice ? SliceName.Parse(slice) : null;
        Properties = [.. Texts("Property", _given.GetValueOrDefault("Property")).Select(UnitProperty.Parse)];
    }

    /// <summary>Slice of the service, or <see langword="null"/>.</summary>
    public SliceName? Slice { get; }

    /// <summary>Settings of the service.</summary>
    public ImmutableArray<UnitProperty> Properties { get; }

    /// <summary>The parameters that describe a VM, for a cmdlet that passes them on.</summary>
    public static RuntimeDefinedParameterDictionary Define()
    {
        var defined = new RuntimeDefinedParameterDictionary();
        foreach (var property in typeof(ConfigurationCommand).GetProperties())
        {
            if (
                property.GetCustomAttribute<ParameterAttribute>() is not { DontShow: false } own
                || NotOffered.Contains(property.Name)
            )
            {
                continue;
            }

            var attributes = new Collection<Attribute>
            {
                new ParameterAttribute { ValueFromRemainingArguments = own.ValueFromRemainingArguments },
            };
            foreach (var attribute in property.GetCustomAttributes().Where(other => other is not ParameterAttribute))
            {
                attributes.Add(attribute);
            }

            defined.Add(property.Name, new RuntimeDefinedParameter(property.Name, property.PropertyType, attributes));
        }

        return defined;
    }

    /// <summary>True if a switch or value was given that does not say no.</summary>
    public bool Has(string name) =>
        _given.TryGetValue(name, out var value) && value is not (null or SwitchParameter { IsPresent: false });

    /// <summary>The plan of the VM, which shows that the description is good; <see langword="null"/> if an error was written.</summary>
    public LaunchPlan? MakePlan()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(new CmdletInfo("New-VmSpawnPlan", typeof(NewVmSpawnPlanCommand)));
        foreach (var (name, value) in _given)
        {
            shell.AddParameter(name, value);
        }

        Plan? plan;
        try
        {
            plan = shell.Invoke<Plan>().FirstOrDefault();
        }
        catch (RuntimeException e) when (e.ErrorRecord is not null)
        {
            _cmdlet.ThrowTerminatingError(new ErrorRecord(e.ErrorRecord, e.ErrorRecord.Exception));
            throw;
        }

        foreach (var error in shell.Streams.Error)
        {
            _cmdlet.WriteError(error);
        }

        return plan?.Source;
    }

    /// <summary>The parameters as a script has them, without those that the unit itself has.</summary>
    public string ToScript(LaunchPlan plan)
    {
        var words = _given
            .Where(parameter => !OfUnit.Contains(parameter.Key) && parameter.Key != "Machine")
            .Select(parameter => $" -{parameter.Key}{ToWord(parameter.Key, parameter.Value)}");
        return $" -Machine {PowerShellText.Quote(plan.Name)}{string.Concat(words)}";
    }

    private string ToWord(string name, object? value) =>
        value is SwitchParameter flag
            ? $":${(flag.IsPresent ? "true" : "false")}"
            : $" {string.Join(", ", Texts(name, value).Select(PowerShellText.Quote).DefaultIfEmpty("''"))}";

    private IEnumerable<string> Texts(string name, object? value)
    {
        var items = value is IEnumerable list and not string ? list.Cast<object?>() : [value];
        return items.OfType<object>().Select(item => Text(name, item is PSObject wrapped ? wrapped.BaseObject : item));
    }

    private string Text(string name, object value) =>
        value switch
        {
            _ when name is "Bind" or "BindReadOnly" => Mount(name, value),
            string { Length: > 0 } path when Paths.Contains(name) => PathArgument.Resolve(_cmdlet, path, name).Value,
            string text => text,
            FileSystemInfo file => file.FullName,
            IFormattable number and not Enum => number.ToString(null, CultureInfo.InvariantCulture),
            bool or Enum => value.ToString()!,
            _ => throw NotStorable(name, value),
        };

    private string Mount(string name, object value)
    {
        var mount = MountArgument.Parse(
            value,
            name is "BindReadOnly",
            _cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath
        );
        return mount.UidMap.IsEmpty && mount.GidMap.IsEmpty && (mount.IsReadOnly == name is "BindReadOnly")
            ? $"{mount.Source.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(":", @"\:", StringComparison.Ordinal)}:{mount.Target}"
            : throw NotStorable(name, value);
    }

    private static VmSpawnException NotStorable(string name, object value) =>
        new(
            "ParameterNotStorable",
            VmErrorKind.InvalidArgument,
            $"The value '{value}' of -{name} cannot be kept in a service: it is an object of this session.",
            value,
            $"Give -{name} as text."
        );
}
