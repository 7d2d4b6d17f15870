using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>What a model file says about itself.</summary>
public unsafe class ModelMetadata
{
    internal ModelMetadata(nint session)
    {
        nint metadata = OrtApi.Get(Slot.SessionGetModelMetadata, session);
        try
        {
            ProducerName = OrtApi.TakeString(Slot.ModelMetadataGetProducerName, metadata);
            GraphName = OrtApi.TakeString(Slot.ModelMetadataGetGraphName, metadata);
            Domain = OrtApi.TakeString(Slot.ModelMetadataGetDomain, metadata);
            Description = OrtApi.TakeString(Slot.ModelMetadataGetDescription, metadata);
            GraphDescription = OrtApi.TakeString(Slot.ModelMetadataGetGraphDescription, metadata);
            Version = OrtApi.Get(Slot.ModelMetadataGetVersion, metadata);
            foreach (string key in ReadKeys(metadata))
                CustomMetadataMap[key] = Lookup(metadata, key);
        }
        finally
        {
            OrtApi.Release(Slot.ReleaseModelMetadata, metadata);
        }
    }

    /// <summary>The tool that wrote the model.</summary>
    public string ProducerName { get; }

    /// <summary>The graph's name.</summary>
    public string GraphName { get; }

    /// <summary>The model's domain.</summary>
    public string Domain { get; }

    /// <summary>The model's documentation.</summary>
    public string Description { get; }

    /// <summary>The graph's documentation.</summary>
    public string GraphDescription { get; }

    /// <summary>The model's version number.</summary>
    public long Version { get; }

    /// <summary>The free properties (metadata_props).</summary>
    public Dictionary<string, string> CustomMetadataMap { get; } = [];

    private static string[] ReadKeys(nint metadata)
    {
        nint* keys;
        long count;
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, nint, nint**, long*, nint>)OrtLibrary.Table[Slot.ModelMetadataGetCustomMetadataMapKeys])(
            metadata, OrtString.Allocator, &keys, &count));
        string[] result = new string[count];
        for (int i = 0; i < count; i++)
        {
            result[i] = Marshal.PtrToStringUTF8(keys[i]);
            OrtString.Free(keys[i]);
        }
        if (keys is not null)
            OrtString.Free((nint)keys);
        return result;
    }

    private static string Lookup(nint metadata, string key)
    {
        fixed (byte* name = OrtString.Utf8(key))
            return OrtApi.TakeString(Slot.ModelMetadataLookupCustomMetadataMap, metadata, OrtString.Allocator, (nint)name);
    }
}
