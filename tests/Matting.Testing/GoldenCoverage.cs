using System.Collections;
using System.Reflection;
using Xunit;

namespace Matting.Testing;

/// <summary>Finds golden cases that no test is run with.</summary>
public static class GoldenCoverage
{
    private const BindingFlags Static = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>What pixel operations there are, all exercised by Matting.Shared.Tests.</summary>
    public static IReadOnlyList<(string Group, string Op)> OfPixels { get; } =
    [
        ("augment", "brightness"), ("augment", "contrast"), ("augment", "crop"), ("augment", "hflip"), ("augment", "rotate"), ("augment", "saturation"),
        ("xray", "gauss"),
    ];

    /// <summary>What makes a training, all exercised by Matting.Trainer.Tests.</summary>
    public static IReadOnlyList<(string Group, string Op)> OfTraining { get; } =
    [
        ("augment", "joint_augment"),
        ("layers", "batch_norm"), ("layers", "conv2d"), ("layers", "interpolate_bilinear"), ("layers", "interpolate_nearest"), ("layers", "max_pool2d"),
        ("layers", "optimizer"), ("layers", "relu"), ("layers", "sigmoid"),
        ("loss", "loss_composite"), ("loss", "loss_mse_l1"),
        ("lr", "plateau_sequence"), ("lr", "poly_sequence"),
        ("train", "train_steps"),
        ("xray", "xray_alpha_dense"),
    ];

    /// <summary>Cases of an operation that no theory of the assembly has among its rows; skips the running test where there is no set.</summary>
    /// <param name="tests">The assembly.</param>
    /// <param name="group">Group of the operation.</param>
    /// <param name="op">The operation.</param>
    public static IReadOnlyList<string> Missing(Assembly tests, string group, string op)
    {
        ArgumentNullException.ThrowIfNull(tests);
        Golden.RequireFolder();
        HashSet<string> exercised = [.. from type in tests.GetTypes() from method in type.GetMethods() from id in RowsOf(type, method) select id];
        return [.. Golden.Ids(group, op).Select(row => row.Data).Where(id => !exercised.Contains(id))];
    }

    // ids are the first argument of theories over golden cases
    private static IEnumerable<string> RowsOf(Type type, MethodInfo method)
    {
        if (method.GetCustomAttribute<TheoryAttribute>() is not { Skip: null } || !method.GetParameters().Take(1).Any(first => first.ParameterType == typeof(string)))
            return [];
        return from source in method.GetCustomAttributes<MemberDataAttribute>()
               where source.Arguments.Length == 0
               from row in ((IEnumerable)ValueOf(source.MemberType ?? type, source.MemberName)).Cast<object>()
               let values = row is ITheoryDataRow typed ? typed.GetData() : row as object?[]
               where values is [string, ..]
               select (string)values[0]!;
    }

    private static object ValueOf(Type type, string member) =>
        type.GetProperty(member, Static)?.GetValue(null)
        ?? type.GetMethod(member, Static, [])?.Invoke(null, null)
        ?? type.GetField(member, Static)?.GetValue(null)
        ?? throw new MissingMemberException(type.FullName, member);
}
