using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Hosting;

/// <summary>Asks for values by name, such as those of mandatory parameters that were not given.</summary>
internal sealed class FieldQuestions(TerminalWriter writer, LineReader reader)
{
    /// <summary>Asks for each field in turn, again where the answer does not convert to the field's type.</summary>
    /// <exception cref="HostException">The input ended without an answer.</exception>
    public Dictionary<string, PSObject> Ask(string? caption, string? message, Collection<FieldDescription> fields)
    {
        reader.RequireInteraction();
        Introduce(caption, message);
        return fields.ToDictionary(field => field.Name, field => PSObject.AsPSObject(ValueOf(field)));
    }

    /// <summary>Asks for a user name, unless one is given, and a password.</summary>
    public PSCredential AskForCredential(string? caption, string? message, string? userName)
    {
        reader.RequireInteraction();
        Introduce(caption, message);
        while (string.IsNullOrWhiteSpace(userName))
        {
            userName = Line("User: ");
        }

        return new PSCredential(userName, Secret($"Password for user {userName}: "));
    }

    private object ValueOf(FieldDescription field)
    {
        var name = string.IsNullOrEmpty(field.Label)
            ? field.Name
            : field.Label.Replace("&", "", StringComparison.Ordinal);
        var type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string);
        if (type == typeof(SecureString))
        {
            return Secret($"{name}: ");
        }

        if (type == typeof(PSCredential))
        {
            return AskForCredential(null, name, null);
        }

        return type.IsArray || type == typeof(IList)
            ? List(name, type.GetElementType() ?? typeof(object))
            : One(name, type);
    }

    /// <summary>An empty line ends a list.</summary>
    private object[] List(string name, Type type)
    {
        var values = new List<object>();
        while (Answer($"{name}[{values.Count}]: ", type) is { } value)
        {
            values.Add(value);
        }

        return [.. values];
    }

    private object One(string name, Type type) => Answer($"{name}: ", type) ?? "";

    private object? Answer(string prompt, Type type)
    {
        while (true)
        {
            var line = Line(prompt);
            if (line.Length == 0)
            {
                return null;
            }

            if (LanguagePrimitives.TryConvertTo(line, type, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }

            writer.WriteError($"'{line}' is no {type.Name}.");
        }
    }

    private string Line(string prompt)
    {
        writer.Write(prompt);
        return reader.ReadLine()
            ?? throw new HostException($"The input ended where a value for '{prompt}' was expected.");
    }

    private SecureString Secret(string prompt)
    {
        writer.Write(prompt);
        return reader.ReadSecret();
    }

    private void Introduce(string? caption, string? message)
    {
        foreach (var line in new[] { caption, message }.Where(line => !string.IsNullOrEmpty(line)))
        {
            writer.Write(line + Environment.NewLine);
        }
    }
}
