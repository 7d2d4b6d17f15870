using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Tests.Weights;

public sealed class PickleRefusalTests
{
    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("__builtin__", "exec")]
    [InlineData("subprocess", "Popen")]
    [InlineData("builtins", "getattr")]
    [InlineData("torch", "load")]
    [InlineData("torch.nn.modules.conv", "Conv2d")]
    [InlineData("torch._utils", "_rebuild_sparse_tensor")]
    [InlineData("torch", "ComplexFloatStorage")]
    [InlineData("numpy.core.multiarray", "scalar")]
    [InlineData("collections", "OrderedDict.__init__")]
    [InlineData("collections.OrderedDict", "")]
    public void A_name_that_weights_do_not_need_is_refused_by_its_full_name(string module, string name)
    {
        byte[] pickle = new PickleAssembler().Global(module, name).Text("echo pwned").Raw(0x85).Op("R").Stop();
        Refused.Pickle(Forbidden, pickle, $"{module}.{name}");
    }

    [Fact]
    public void A_name_made_of_strings_is_refused_the_same_way()
    {
        byte[] pickle = new PickleAssembler().Text("os").Text("system").Raw(0x93).Text("ls").Raw(0x85).Op("R").Stop();
        Refused.Pickle(Forbidden, pickle, "os.system");
    }

    [Fact]
    public void An_instance_of_a_class_is_refused_by_its_name() =>
        Refused.Pickle(Forbidden, new PickleAssembler().Op("(ios\nsystem\n").Stop(), "os.system");

    [Fact]
    public void A_known_name_is_not_a_value() =>
        Refused.Pickle(Forbidden, new PickleAssembler().Global("torch", "FloatStorage").Stop(), "torch.FloatStorage");

    [Theory]
    [InlineData("c\u0063ollections\nOrderedDict\n)\u0081.", "NewObject")]
    [InlineData("\u008f.", "set")]
    [InlineData("(\u0091.", "set")]
    [InlineData("\u0082\u0001.", "extension")]
    [InlineData("I1\n.", "Int")]
    [InlineData("L1L\n.", "Long")]
    [InlineData("F1.5\n.", "Float")]
    [InlineData("S'a'\n.", "String")]
    [InlineData("Va\n.", "Unicode")]
    [InlineData("P1\n.", "PersistentId")]
    [InlineData("\u0096\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000.", "ByteArray8")]
    [InlineData("\u0097.", "NextBuffer")]
    public void An_instruction_that_torch_does_not_write_is_refused_by_its_name(string opcodes, string word) =>
        Refused.Pickle(Forbidden, new PickleAssembler().Op(opcodes).Bytes, word);

    [Theory]
    [InlineData("\u00ff", "0xFF")]
    [InlineData("\u0000", "0x00")]
    [InlineData(".", "0 values")]
    [InlineData("NN.", "2 values")]
    [InlineData("N(.", "instead of one")]
    [InlineData("a.", "finds no value")]
    [InlineData("Na.", "finds no value")]
    [InlineData("NNa.", "not a list")]
    [InlineData("](N(a.", "finds no value")]
    [InlineData("NN(NNu.", "not a dictionary")]
    [InlineData("}(Nu.", "no value")]
    [InlineData("]e.", "mark")]
    [InlineData("1.", "mark")]
    [InlineData("t.", "mark")]
    [InlineData("0.", "finds no value")]
    [InlineData("2.", "finds no value")]
    [InlineData("q\u0000.", "finds no value")]
    [InlineData("h\u0005.", "remembered under 5")]
    [InlineData("j\u00ff\u00ff\u00ff\u00ff.", "remembered under 4294967295")]
    [InlineData("\u0080\u0009.", "protocol 9")]
    [InlineData("N)R.", "not a function")]
    [InlineData("ccollections\nOrderedDict\nNR.", "not a tuple")]
    [InlineData("ccollections\nOrderedDict\nN\u0085R.", "collections.OrderedDict")]
    [InlineData("ctorch\nSize\n)R.", "torch.Size")]
    [InlineData("ctorch\nFloatStorage\n)R.", "torch.FloatStorage")]
    [InlineData("NQ.", "storage")]
    [InlineData("NN\u0093.", "two strings")]
    [InlineData("X\u0002\u0000\u0000\u0000\u00ff\u00fe.", "UTF-8")]
    [InlineData("N..", "follow")]
    public void A_malformed_pickle_is_refused_with_its_fault(string opcodes, string word) =>
        Refused.Pickle(BadPickle, new PickleAssembler().Op(opcodes).Bytes, word);

    [Theory]
    [InlineData("")]
    [InlineData("J\u0001\u0002")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ffab")]
    [InlineData("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffab")]
    [InlineData("B\u00ff\u00ff\u00ff\u007f")]
    [InlineData("\u008a\u0009abc")]
    [InlineData("cos\nsys")]
    [InlineData("G\u0000")]
    public void A_pickle_that_ends_early_is_refused_before_anything_is_allocated(string opcodes) =>
        Refused.Pickle(Truncated, new PickleAssembler().Op(opcodes).Bytes);

    [Fact]
    public void A_huge_whole_number_is_refused() =>
        Refused.Pickle(LimitExceeded, new PickleAssembler().Raw(0x8B).UInt32(1 << 20).Raw(new byte[1 << 20]).Stop(), "1048576");

    [Fact]
    public void A_name_without_end_is_refused() =>
        Refused.Pickle(BadPickle, new PickleAssembler().Op("c" + new string('a', 5000)).Bytes, "longer than");

    [Fact]
    public void A_list_that_contains_itself_is_refused()
    {
        // l = []; l.append(l)
        Refused.Pickle(BadPickle, new PickleAssembler().Op("]q\u0000h\u0000a").Stop(), "contains itself");
        // d = {}; d["x"] = (d,)
        Refused.Pickle(BadPickle, new PickleAssembler().Op("}q\u0000").Text("x").Op("h\u0000\u0085s").Stop(), "contains itself");
    }

    [Theory]
    [InlineData(101)]
    [InlineData(1_000_000)]
    public void Deep_nesting_is_refused(int levels)
    {
        byte[] pickle = new PickleAssembler().Op(new string(']', levels + 1) + new string('a', levels)).Stop();
        Refused.Pickle(LimitExceeded, pickle, "deep");
    }

    [Fact]
    public void Nesting_up_to_the_limit_is_read()
    {
        byte[] pickle = new PickleAssembler().Op(new string(']', 100) + new string('a', 99)).Stop();
        Assert.IsType<PickleList>(PthFile.Read(TinyZip.Checkpoint(pickle), "deep.pth").Root);
    }

    [Fact]
    public void Depth_that_hides_behind_shared_parts_is_refused()
    {
        // [l1, l2, ...]: each li contains l(i-1) and is met first at the top, so that no way down is ever long at once
        PickleAssembler pickle = new();
        pickle.Op("](]r").UInt32(0);
        for (uint i = 1; i < 5000; i++)
            pickle.Op("]j").UInt32(i - 1).Op("ar").UInt32(i);
        Refused.Pickle(LimitExceeded, pickle.Op("e").Stop(), "deep");
    }

    [Fact]
    public void A_structure_that_explodes_when_it_is_walked_is_refused()
    {
        // every level holds the one below ten times
        PickleAssembler pickle = new();
        pickle.Op("]q\u0000");
        for (byte i = 1; i < 30; i++)
            pickle.Op("0](").Op(string.Concat(Enumerable.Repeat($"h{(char)(i - 1)}", 10))).Op("e").Raw((byte)'q', i);
        Refused.Pickle(LimitExceeded, pickle.Stop());
    }

    [Fact]
    public void Endless_growth_through_the_memo_is_refused()
    {
        PickleAssembler pickle = new PickleAssembler().Op("]q\u0000N0");
        Refused.Pickle(LimitExceeded, pickle.Op(string.Concat(Enumerable.Repeat("h\u0000", 4_000_001))).Stop(), "steps");
    }

    [Theory]
    [InlineData(4_000_000u)]
    [InlineData(uint.MaxValue)]
    public void A_memo_with_huge_numbers_is_refused(uint index) =>
        Refused.Pickle(LimitExceeded, new PickleAssembler().Op("Nr").UInt32(index).Stop(), "remembers");

    [Fact]
    public void A_memo_with_gaps_is_read()
    {
        // gaps appear when unused entries are optimised away; the next free number counts entries, as in Python
        byte[] pickle = new PickleAssembler().Op("(K\u0007q\u00090K\u0008\u00940h\u0009h\u0001t").Stop();
        Values.AssertEqual(new PickleTuple(7, 8), PthFile.Read(TinyZip.Checkpoint(pickle), "a.pth").Root);
    }

    [Fact]
    public void A_long_list_passed_to_a_call_again_and_again_is_refused()
    {
        // OrderedDict(pairs) a thousand times over, with a list of ten thousand pairs
        PickleAssembler pickle = new PickleAssembler().Op("NN\u0086q\u00000](" + string.Concat(Enumerable.Repeat("h\u0000", 10_000)) + "e\u0085q\u00010");
        pickle.Global("collections", "OrderedDict").Op("q\u00020(" + string.Concat(Enumerable.Repeat("h\u0002h\u0001R", 1000)) + "l");
        Refused.Pickle(LimitExceeded, pickle.Stop(), "steps");
    }

    [Fact]
    public void Only_an_OrderedDict_may_have_attributes()
    {
        Refused.Pickle(Forbidden, new PickleAssembler().Op("]}b").Stop(), "state of an object");
        Refused.Pickle(Forbidden, new PickleAssembler().Op("}}b").Stop(), "state of an object");
        Refused.Pickle(Forbidden, new PickleAssembler().Global("collections", "OrderedDict").Op(")RNb").Stop());
        byte[] allowed = new PickleAssembler().Global("collections", "OrderedDict").Op(")R}").Text("_metadata").Op("}sb").Stop();
        Assert.IsType<PickleDict>(PthFile.Read(TinyZip.Checkpoint(allowed), "a.pth").Root);
    }

    [Fact]
    public void A_key_that_cannot_be_compared_simply_is_refused() =>
        Refused.Pickle(Forbidden, new PickleAssembler().Op("}N\u0085Ns").Stop(), "key");

    [Fact]
    public void One_long_key_set_again_and_again_is_refused()
    {
        PickleAssembler pickle = new PickleAssembler().Text(new string('k', 1 << 20)).Op("q\u00000}(");
        Refused.Pickle(LimitExceeded, pickle.Op(string.Concat(Enumerable.Repeat("h\u0000N", 1000)) + "u").Stop(), "keys");
    }

    [Fact]
    public void A_storage_with_an_endless_name_is_refused() =>
        Refused.Pickle(BadPickle, new PickleAssembler().Tensor(new string('0', 501), 1, 0, [1], [1]).Stop(), "storage");

    [Fact]
    public void Stored_things_other_than_storages_are_refused() =>
        Refused.Pickle(Forbidden, new PickleAssembler().Op("(").Text("module").Op("NNNtQ").Stop(), "module");
}
