using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Testing;

namespace Matting.Shared.Tests.Weights;

public sealed class WeightsFileTests : IDisposable
{
    private static readonly StateDict One = Values.Tensors(("w", WeightTensor.FromFloat32([1, 2], 2)));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("weights.pth")]
    [InlineData("weights.safetensors")]
    [InlineData("weights")]
    public void The_content_tells_the_kind_not_the_name(string name)
    {
        string file = _folder.File(name);
        PthFile.Write(file, One);
        Assert.Equal([1f, 2], WeightsFile.Load(file)["w"].ToFloat32());
        SafetensorsFile.Write(file, One);
        Assert.Equal([1f, 2], WeightsFile.Load(file)["w"].ToFloat32());
    }

    [Fact]
    public void A_safetensors_length_that_looks_like_a_pickle_does_not_confuse()
    {
        // a header of 0x280 bytes: the file begins with 80 02, as pickles do
        string padding = new('x', 0x280 - """{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"__metadata__":{"p":""}}""".Length);
        byte[] file = [0x80, 2, 0, 0, 0, 0, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(
            $$$"""{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"__metadata__":{"p":"{{{padding}}}"}}"""), 9];
        Assert.Equal([9f], WeightsFile.Load(file, "a")["w"].ToFloat32());
    }

    [Theory]
    [InlineData("model_state")]
    [InlineData("state_dict")]
    public void Tensors_are_found_under_the_usual_names(string wrapper)
    {
        byte[] file = Values.Serialise(new PickleDict { { "epoch", 3 }, { wrapper, new PickleDict(One) } });
        Assert.Equal(["w"], WeightsFile.Load(file, "a").Names);
    }

    [Fact]
    public void Model_state_goes_before_state_dict()
    {
        PickleDict root = new() { { "state_dict", new PickleDict(Values.Tensors(("old", One["w"]))) }, { "model_state", new PickleDict(One) } };
        Assert.Equal(["w"], WeightsFile.Load(Values.Serialise(root), "a").Names);
    }

    [Fact]
    public void A_network_with_a_tensor_called_state_dict_is_read_bare()
    {
        StateDict odd = Values.Tensors(("state_dict", One["w"]));
        Assert.Equal(["state_dict"], WeightsFile.Load(Values.Serialise(new PickleDict(odd)), "a").Names);
    }

    [Fact]
    public void What_holds_no_state_dictionary_is_refused_with_what_is_there()
    {
        AssertNone(new PickleList(), "list", null);
        AssertNone(WeightTensor.FromFloat32([1]), "Tensor", null);
        AssertNone(new PickleDict(), "empty", null);
        AssertNone(new PickleDict { { 0, One["w"] } }, "int", null);
        AssertNone(new PickleDict { { "w", One["w"] }, { "epoch", 3 } }, "'epoch': is of type int", "epoch");
        AssertNone(new PickleDict { { "model_state", new PickleDict { { "w", "text" } } } }, "'model_state/w': is of type str", "model_state/w");
    }

    [Fact]
    public void A_safetensors_file_without_tensors_is_refused()
    {
        WeightsFormatException error = Assert.Throws<WeightsFormatException>(() => WeightsFile.Load(Values.SerialiseSafetensors(new StateDict()), "a"));
        Assert.Equal(WeightsFormatError.NoStateDict, error.Reason);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("hello", "neither")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "Git LFS pointer")]
    public void Other_files_are_refused_with_their_name(string content, string word)
    {
        string file = _folder.Text("u2netp.pth", content);
        WeightsFormatException error = Assert.Throws<WeightsFormatException>(() => WeightsFile.Load(file));
        Assert.Equal(WeightsFormatError.UnknownFormat, error.Reason);
        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Throws<WeightsFormatException>(() => PthFile.Read(file));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        string file = _folder.File("missing.pth");
        Assert.Contains(file, Assert.Throws<FileNotFoundException>(() => WeightsFile.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_named_as_one() =>
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => WeightsFile.Load(_folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_hostile_name_cannot_write_to_the_terminal()
    {
        PickleDict root = new() { { "\u001b[2J\nw", "text" } };
        WeightsFormatException error = Assert.Throws<WeightsFormatException>(() => WeightsFile.Load(Values.Serialise(root), "a"));
        Assert.Contains("?[2J?w", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_allocates_little_more_than_the_file_has()
    {
        StateDict tensors = new();
        for (int i = 0; i < 8; i++)
            tensors.Add($"w{i}", WeightTensor.FromFloat32(new float[1 << 18], 1 << 18));
        const int Bytes = 8 << 20;
        string pth = _folder.File("a.pth");
        string safetensors = _folder.File("a.safetensors");
        PthFile.Write(pth, tensors);
        SafetensorsFile.Write(safetensors, tensors);
        foreach (string file in (string[])[pth, safetensors])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            WeightsFile.Load(file);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            // 1 MB for names, buffers and the directory
            Assert.InRange(allocated, Bytes, Bytes + (1 << 20));
        }
    }

    private static void AssertNone(PickleValue root, string words, string? entry)
    {
        WeightsFormatException error = Assert.Throws<WeightsFormatException>(() => WeightsFile.Load(Values.Serialise(root), "a"));
        Assert.Equal(WeightsFormatError.NoStateDict, error.Reason);
        Assert.Equal(entry, error.Tensor);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
