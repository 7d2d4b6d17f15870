using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Names and types of a session's inputs or outputs; names also as the C strings that every run needs.</summary>
internal sealed unsafe class NodeTable
{
    private readonly Dictionary<string, nint> _nativeNames = [];

    private NodeTable(nint session, int countSlot, int nameSlot, int typeSlot)
    {
        int count = (int)OrtApi.Get(countSlot, session);
        for (int i = 0; i < count; i++)
        {
            string name = OrtApi.TakeString(nameSlot, session, i, OrtString.Allocator);
            Names.Add(name);
            Metadata[name] = new NodeMetadata(OrtApi.GetAt(typeSlot, session, i));
            _nativeNames[name] = OrtString.Unmanaged(name);
        }
    }

    public List<string> Names { get; } = [];

    public Dictionary<string, NodeMetadata> Metadata { get; } = [];

    public static NodeTable OfInputs(nint session) =>
        new(session, Slot.SessionGetInputCount, Slot.SessionGetInputName, Slot.SessionGetInputTypeInfo);

    public static NodeTable OfOutputs(nint session) =>
        new(session, Slot.SessionGetOutputCount, Slot.SessionGetOutputName, Slot.SessionGetOutputTypeInfo);

    public nint[] NativeNames(IReadOnlyCollection<string> names, string kind)
    {
        nint[] result = new nint[names.Count];
        int i = 0;
        foreach (string name in names)
        {
            if (!_nativeNames.TryGetValue(name, out result[i++]))
                throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"{kind} name: '{name}' is not in the metadata");
        }
        return result;
    }

    public void Free()
    {
        foreach (nint name in _nativeNames.Values)
            NativeMemory.Free((void*)name);
        _nativeNames.Clear();
    }
}
