using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A model ready to run; must be disposed. Runs may come from several threads at once.</summary>
public unsafe class InferenceSession : IDisposable
{
    private const uint ApiOfMemoryInfos = 23;

    private readonly Lazy<ModelMetadata> _metadata;
    private NodeTable _inputs;
    private NodeTable _outputs;
    private RunOptions _defaultRun;
    private nint _handle;

    /// <summary>Reads a model from a file, with default options.</summary>
    public InferenceSession(string modelPath)
        : this()
    {
        using SessionOptions options = new();
        Open(modelPath, options);
    }

    /// <summary>Reads a model from a file.</summary>
    /// <exception cref="OnnxRuntimeException">The file cannot be read or is no model that can run.</exception>
    public InferenceSession(string modelPath, SessionOptions options)
        : this() => Open(modelPath, options);

    /// <summary>Takes a model from memory, with default options.</summary>
    public InferenceSession(byte[] model)
        : this()
    {
        using SessionOptions options = new();
        Open(model, options);
    }

    /// <summary>Takes a model from memory.</summary>
    /// <exception cref="OnnxRuntimeException">The bytes are no model that can run.</exception>
    public InferenceSession(byte[] model, SessionOptions options)
        : this() => Open(model, options);

    private InferenceSession() => _metadata = new Lazy<ModelMetadata>(() => new ModelMetadata(Handle));

    ~InferenceSession() => Dispose(false);

    /// <summary>Type and shape of the inputs by name.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> InputMetadata { get { return _inputs.Metadata; } }

    /// <summary>Names of the inputs in order.</summary>
    public IReadOnlyList<string> InputNames { get { return _inputs.Names; } }

    /// <summary>Type and shape of the outputs by name.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> OutputMetadata { get { return _outputs.Metadata; } }

    /// <summary>Names of the outputs in order.</summary>
    public IReadOnlyList<string> OutputNames { get { return _outputs.Names; } }

    /// <summary>What the model says about itself.</summary>
    public ModelMetadata ModelMetadata { get { return _metadata.Value; } }

    private nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(InferenceSession));

    /// <summary>Runs the model; the outputs are allocated by the library and disposed by the caller.</summary>
    /// <exception cref="ArgumentException">As many values as names are needed.</exception>
    /// <exception cref="OnnxRuntimeException">A name, type or shape does not fit, the run failed or was terminated.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(RunOptions runOptions, IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputValues, IReadOnlyCollection<string> outputNames)
    {
        nint[] results = new nint[outputNames.Count];
        Run(runOptions.Handle, inputNames, inputValues, outputNames, results);
        GC.KeepAlive(runOptions);
        DisposableList<OrtValue> values = new(results.Length);
        foreach (nint result in results)
            values.Add(new OrtValue(result));
        return values;
    }

    /// <summary>Runs the model into tensors that the caller has made with the right shapes.</summary>
    /// <exception cref="ArgumentException">As many values as names are needed.</exception>
    /// <exception cref="OnnxRuntimeException">A name, type or shape does not fit, the run failed or was terminated.</exception>
    public void Run(RunOptions runOptions, IReadOnlyCollection<string> inputNames, IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames, IReadOnlyCollection<OrtValue> outputValues)
    {
        RequireEqual(outputNames.Count, outputValues.Count, nameof(outputNames), nameof(outputValues));
        Run((runOptions ?? _defaultRun).Handle, inputNames, inputValues, outputNames, Handles(outputValues));
        GC.KeepAlive(runOptions);
        GC.KeepAlive(outputValues);
    }

    /// <summary>Where the session wants each of its inputs: in the memory of the device that the first node to use it runs on.</summary>
    /// <exception cref="NotSupportedException">The native library is older than 1.23.</exception>
    public IDisposableReadOnlyCollection<OrtMemoryInfo> GetMemoryInfosForInputs()
    {
        if (OrtLibrary.Api < ApiOfMemoryInfos)
            throw new NotSupportedException($"libonnxruntime {OrtLibrary.Version} does not tell where inputs go; 1.{ApiOfMemoryInfos} or newer does");
        nint[] handles = new nint[InputNames.Count];
        fixed (nint* first = handles)
            OrtApi.Fill(Slot.SessionGetMemoryInfoForInputs, Handle, first, handles.Length);
        DisposableList<OrtMemoryInfo> infos = new(handles.Length);
        foreach (nint info in handles)
            infos.Add(new OrtMemoryInfo(info));
        return infos;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _defaultRun?.Dispose();
        _inputs?.Free();
        _outputs?.Free();
        if (_handle != 0)
            OrtApi.Release(Slot.ReleaseSession, _handle);
        _handle = 0;
    }

    private void Open(string modelPath, SessionOptions options)
    {
        nint session;
        fixed (byte* path = OrtString.Utf8(modelPath))
        {
            NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, byte*, nint, nint*, nint>)OrtLibrary.Table[Slot.CreateSession])(
                OrtEnv.Instance().Handle, path, options.Handle, &session));
        }
        Opened(session);
        GC.KeepAlive(options);
    }

    private void Open(byte[] model, SessionOptions options)
    {
        nint session;
        fixed (byte* content = model)
        {
            NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, byte*, nint, nint, nint*, nint>)OrtLibrary.Table[Slot.CreateSessionFromArray])(
                OrtEnv.Instance().Handle, content, model.Length, options.Handle, &session));
        }
        Opened(session);
        GC.KeepAlive(options);
    }

    private void Opened(nint session)
    {
        _handle = session;
        _inputs = NodeTable.OfInputs(session);
        _outputs = NodeTable.OfOutputs(session);
        _defaultRun = new RunOptions();
    }

    private void Run(nint runOptions, IReadOnlyCollection<string> inputNames, IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames, nint[] results)
    {
        nint session = Handle;
        RequireEqual(inputNames.Count, inputValues.Count, nameof(inputNames), nameof(inputValues));
        fixed (nint* ins = _inputs.NativeNames(inputNames, "Input"), values = Handles(inputValues),
            outs = _outputs.NativeNames(outputNames, "Output"), received = results)
        {
            NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, nint, nint*, nint*, nint, nint*, nint, nint*, nint>)OrtLibrary.Table[Slot.Run])(
                session, runOptions, ins, values, inputNames.Count, outs, outputNames.Count, received));
        }
        GC.KeepAlive(inputValues);
        GC.KeepAlive(this);
    }

    private static nint[] Handles(IReadOnlyCollection<OrtValue> values)
    {
        nint[] handles = new nint[values.Count];
        int i = 0;
        foreach (OrtValue value in values)
            handles[i++] = value.Handle;
        return handles;
    }

    private static void RequireEqual(int names, int values, string nameOfNames, string nameOfValues)
    {
        if (names != values)
            throw new ArgumentException($"Length of {nameOfNames} ({names}) must match that of {nameOfValues} ({values}).");
    }
}
