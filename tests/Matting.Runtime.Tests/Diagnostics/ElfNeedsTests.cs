using Matting.Runtime.Diagnostics;
using Matting.Testing;

namespace Matting.Runtime.Tests.Diagnostics;

public sealed class ElfNeedsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static string Library => InferenceEnvironment.Probe().Library!;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_needs_of_ONNX_Runtime_include_the_library_of_C()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("libraries of Linux are read");
        Assert.Contains(ElfNeeds.Of(Library), name => name.StartsWith("libc.so", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(700)]
    public void A_library_that_ends_early_needs_nothing_rather_than_to_fail(int bytes)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("libraries of Linux are read");
        byte[] start = new byte[bytes];
        using (FileStream library = File.OpenRead(Library))
            library.ReadExactly(start);
        string file = _folder.File("cut.so");
        File.WriteAllBytes(file, start);
        Assert.Empty(ElfNeeds.Of(file));
    }

    [Fact]
    public void Damaged_headers_never_do_harm()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("libraries of Linux are read");
        byte[] start = new byte[1024];
        using (FileStream library = File.OpenRead(Library))
            library.ReadExactly(start);
        string file = _folder.File("odd.so");
        for (int place = 16; place < start.Length; place += 3)
        {
            byte[] damaged = [.. start];
            damaged[place] = (byte)~damaged[place];
            File.WriteAllBytes(file, damaged);
            Assert.Empty(ElfNeeds.Of(file));
        }
    }

    [Fact]
    public void What_is_no_library_needs_nothing()
    {
        Assert.Empty(ElfNeeds.Of(_folder.Text("text.so", "no library at all, but long enough to be read as a header of sixty-four bytes")));
        Assert.Empty(ElfNeeds.Of(_folder.File("missing.so")));
        Assert.Empty(ElfNeeds.Of(_folder.Path));
    }
}
