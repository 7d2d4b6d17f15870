using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Matting.Server;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Api;

/// <summary>
/// What users of the libraries can call is compared with approved text: a change of it is a decision, seen in a review. To approve one, run these tests
/// with <c>MATTING_APPROVE=1</c> in the environment, which writes the files anew, and commit them.
/// </summary>
public sealed class ApprovedApiTests
{
    private const string Approve = "MATTING_APPROVE";

    private static readonly string Folder = Path.Combine(SharedFolder.RepositoryRoot, "tests", "Matting.Runtime.Tests", "Api", "Approved");

    public static TheoryData<string> Assemblies => [.. Libraries.Keys];

    private static Dictionary<string, Assembly> Libraries { get; } = new()
    {
        ["Matting.Runtime"] = typeof(MattingModel).Assembly,
        ["Matting.Server"] = typeof(MattingServer).Assembly,
        ["Matting.Shared"] = typeof(PixelImage).Assembly,
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_members_are_the_approved_ones(string name)
    {
        string file = Path.Combine(Folder, $"{name}.txt");
        string actual = PublicApi.Of(Libraries[name], IsOfProtobuf);
        if (Environment.GetEnvironmentVariable(Approve) == "1")
            File.WriteAllText(file, actual);
        string approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (actual == approved)
            return;
        string[] was = Flat(approved), now = Flat(actual);
        string[] changes = [.. was.Except(now).Select(line => $"- {line}"), .. now.Except(was).Select(line => $"+ {line}")];
        Assert.Fail($"the public members of {name} are not those of {Path.GetRelativePath(SharedFolder.RepositoryRoot, file)}:\n{string.Join('\n', changes)}\n"
            + $"If that is meant, run this test once with {Approve}=1 in the environment and commit the file.");
    }

    // the messages of onnx.proto, with their enumerations and their descriptor
    private static bool IsOfProtobuf(Type type)
    {
        Type outermost = type;
        while (outermost.DeclaringType is { } around)
            outermost = around;
        return typeof(IMessage).IsAssignableFrom(outermost) || type.GetFields().Any(field => field.IsDefined(typeof(OriginalNameAttribute)))
            || outermost.GetProperty("Descriptor")?.PropertyType == typeof(FileDescriptor);
    }

    // a member belongs to the type above it: lines that can be compared alone
    private static string[] Flat(string text)
    {
        string type = "";
        List<string> lines = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!line.StartsWith(' '))
                type = line;
            lines.Add(line.StartsWith(' ') ? $"{type} {{ {line.Trim()} }}" : line);
        }
        return [.. lines];
    }
}
