using System.Collections;
using System.Management.Automation;

namespace VmSpawn.Parameters;

/// <summary>
/// Puts a list back together that PowerShell has split at commas, for a value whose grammar has commas of its own:
/// <c>-Cpus 4,sockets=2,cores=2</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CommaListTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is IList list ? string.Join(',', list.Cast<object?>()) : inputData;
    }
}
