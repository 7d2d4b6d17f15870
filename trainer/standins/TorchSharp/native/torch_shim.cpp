// The C face of libtorch that the stand-in needs: any ATen operator by name, called boxed, and the few things that
// are no operators (gradients, functions of the caller's own, modes, seeds, threads, host memory). One source for every
// libtorch from 1.13 on: headers of ATen, c10 and the graph of autograd only, and nothing that was renamed in between
// (optional types, storage, torch/torch.h).
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/csrc/api/include/torch/version.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <torch/csrc/autograd/variable.h>

#include <cstdlib>
#include <cstring>
#include <limits>
#include <mutex>
#include <string>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

// Argument.cs has the same list.
enum Tag : int32_t { None, TensorTag, Int, Double, Bool, IntList, DoubleList, TensorList, OptionalTensorList, String, DeviceTag, GeneratorTag, Complex };

struct Value {
    int32_t tag;
    int32_t count;  // elements of a list; of a resulting tensor the 4 KiB pages it fills
    int64_t bits;   // the number, the bits of the double, or a pointer
};

struct Info {
    int64_t dimensions, elements, itemSize, offset;
    const int64_t *sizes, *strides;
    int32_t type, device, deviceIndex, contiguous, requiresGrad, leaf;
};

thread_local std::string lastError;

template <class Action>
bool guarded(Action&& action) noexcept {
    try {
        action();
        return true;
    } catch (const c10::Error& error) {
        lastError = error.what_without_backtrace();
    } catch (const std::exception& error) {
        lastError = error.what();
    } catch (...) {
        lastError = "unknown C++ exception";
    }
    return false;
}

at::Tensor& tensorAt(int64_t handle) { return *reinterpret_cast<at::Tensor*>(handle); }
double doubleOf(int64_t bits) { double d; std::memcpy(&d, &bits, sizeof d); return d; }
int64_t bitsOf(double d) { int64_t bits; std::memcpy(&bits, &d, sizeof bits); return bits; }

// A device without an index is the current one (index -1), as in c10.
c10::Device deviceOf(int64_t type, int64_t index) { return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index)); }

std::vector<at::Tensor> tensorsOf(at::Tensor* const* handles, int64_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int64_t i = 0; i < count; i++) tensors.push_back(handles[i] ? *handles[i] : at::Tensor());
    return tensors;
}

c10::IValue toIValue(const Value& v) {
    switch (v.tag) {
        case None: return {};
        case TensorTag: return tensorAt(v.bits);
        case Int: return v.bits;
        case Double: return doubleOf(v.bits);
        case Bool: return v.bits != 0;
        case String: return std::string(reinterpret_cast<const char*>(v.bits), v.count);
        case DeviceTag: return deviceOf(v.bits, v.count);
        case GeneratorTag: return *reinterpret_cast<at::Generator*>(v.bits);
        case Complex: {
            auto parts = reinterpret_cast<const double*>(v.bits);
            return c10::complex<double>(parts[0], parts[1]);
        }
        case IntList: {
            auto numbers = reinterpret_cast<const int64_t*>(v.bits);
            return std::vector<int64_t>(numbers, numbers + v.count);
        }
        case DoubleList: {
            auto numbers = reinterpret_cast<const double*>(v.bits);
            return std::vector<double>(numbers, numbers + v.count);
        }
        case TensorList: return tensorsOf(reinterpret_cast<at::Tensor* const*>(v.bits), v.count);
        case OptionalTensorList: {
            c10::impl::GenericList list(c10::OptionalType::create(c10::TensorType::get()));
            for (auto& tensor : tensorsOf(reinterpret_cast<at::Tensor* const*>(v.bits), v.count))
                list.push_back(tensor.defined() ? c10::IValue(tensor) : c10::IValue());
            return list;
        }
    }
    TORCH_CHECK(false, "unknown argument tag ", v.tag);
}

Value ofTensor(at::Tensor tensor) {
    if (!tensor.defined()) return {None, 0, 0};
    int64_t pages = tensor.numel() * static_cast<int64_t>(tensor.element_size()) >> 12;
    auto count = static_cast<int32_t>(std::min<int64_t>(pages, std::numeric_limits<int32_t>::max()));
    return {TensorTag, count, reinterpret_cast<int64_t>(new at::Tensor(std::move(tensor)))};
}

Value ofIValue(const c10::IValue& value) {
    if (value.isNone()) return {None, 0, 0};
    if (value.isTensor()) return ofTensor(value.toTensor());
    if (value.isBool()) return {Bool, 0, value.toBool()};
    if (value.isInt()) return {Int, 0, value.toInt()};
    if (value.isDouble()) return {Double, 0, bitsOf(value.toDouble())};
    if (value.isComplexDouble()) {
        auto number = value.toComplexDouble();
        return {Complex, 0, reinterpret_cast<int64_t>(new double[2]{number.real(), number.imag()})};
    }
    if (value.isTensorList()) {
        auto tensors = value.toTensorVector();
        auto handles = new Value[tensors.size()];
        for (size_t i = 0; i < tensors.size(); i++) handles[i] = ofTensor(tensors[i]);
        return {TensorList, static_cast<int32_t>(tensors.size()), reinterpret_cast<int64_t>(handles)};
    }
    TORCH_CHECK(false, "result of the type ", value.tagKind(), " is not supported");
}

// A function of the caller's own in the graph of gradients; `context` is the caller's and is given back when the node goes.
struct CallerNode : torch::autograd::Node {
    // Returns null, or what went wrong as text from malloc.
    using Apply = char* (*)(void* context, const CallerNode* node, Value gradient, Value* results, int32_t room);

    CallerNode(void* context, Apply call, void (*release)(void*)) : context(context), call(call), release(release) {}
    ~CallerNode() override { release(context); }

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override {
        auto gradient = gradients[0].defined() ? gradients[0] : input_metadata(0).zeros_like();
        std::vector<Value> results(num_outputs(), Value{None, 0, 0});
        char* error = call(context, this, ofTensor(gradient), results.data(), static_cast<int32_t>(results.size()));
        torch::autograd::variable_list tensors(results.size());
        for (size_t i = 0; i < results.size(); i++)
            if (results[i].tag == TensorTag) {
                tensors[i] = tensorAt(results[i].bits);
                delete &tensorAt(results[i].bits);
            }
        if (error) {
            std::string text(error);
            std::free(error);
            throw std::runtime_error(text);
        }
        return tensors;
    }

    void release_variables() override {
        std::lock_guard<std::mutex> lock(mutex_);
        saved.clear();
    }

    void* context;
    Apply call;
    void (*release)(void*);
    std::vector<torch::autograd::SavedVariable> saved;
};

}  // namespace

EXPORT const char* shim_version() { return TORCH_VERSION; }

EXPORT const char* shim_error() { return lastError.c_str(); }

EXPORT void* shim_operator(const char* name, const char* overload) {
    void* found = nullptr;
    guarded([&] { found = new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload)); });
    return found;
}

// Missing trailing arguments take the schema's defaults. Returns the number of results, -1 after an exception.
EXPORT int32_t shim_call(const c10::OperatorHandle* op, const Value* arguments, int32_t count, Value* results, int32_t room) {
    int32_t returned = -1;
    guarded([&] {
        auto& schema = op->schema().arguments();
        torch::jit::Stack stack;
        stack.reserve(schema.size());
        for (int32_t i = 0; i < count; i++) stack.push_back(toIValue(arguments[i]));
        for (size_t i = count; i < schema.size(); i++) {
            auto fallback = schema[i].default_value();
            TORCH_CHECK(fallback.has_value(), "argument '", schema[i].name(), "' is missing");
            stack.push_back(*fallback);
        }
        op->callBoxed(stack);
        for (size_t i = 0; i < stack.size() && i < static_cast<size_t>(room); i++) results[i] = ofIValue(stack[i]);
        returned = static_cast<int32_t>(stack.size());
    });
    return returned;
}

EXPORT void shim_free_list(Value* list) { delete[] list; }
EXPORT void shim_free_complex(double* parts) { delete[] parts; }

EXPORT void shim_dispose(at::Tensor* tensor) { delete tensor; }

// The pointers in `info` live as long as the tensor keeps its shape.
EXPORT bool shim_info(const at::Tensor* tensor, Info* info) {
    return guarded([&] {
        auto device = tensor->device();
        *info = {tensor->dim(), tensor->numel(), static_cast<int64_t>(tensor->element_size()), tensor->storage_offset(),
                 tensor->sizes().data(), tensor->strides().data(),
                 static_cast<int32_t>(tensor->scalar_type()), static_cast<int32_t>(device.type()), device.index(),
                 tensor->is_contiguous(), tensor->requires_grad(), tensor->is_leaf()};
    });
}

EXPORT void* shim_data(const at::Tensor* tensor) {
    void* data = nullptr;
    return guarded([&] { data = tensor->data_ptr(); }) ? data : nullptr;
}

EXPORT bool shim_set_requires_grad(at::Tensor* tensor, bool on) { return guarded([&] { tensor->set_requires_grad(on); }); }
EXPORT bool shim_retain_grad(at::Tensor* tensor) { return guarded([&] { tensor->retain_grad(); }); }

EXPORT bool shim_get_grad(const at::Tensor* tensor, Value* grad) { return guarded([&] { *grad = ofTensor(tensor->grad()); }); }
EXPORT bool shim_set_grad(at::Tensor* tensor, const at::Tensor* grad) {
    return guarded([&] { tensor->mutable_grad() = grad ? *grad : at::Tensor(); });
}

EXPORT bool shim_backward(const at::Tensor* tensor, const at::Tensor* gradient, bool retainGraph, bool createGraph, at::Tensor* const* inputs, int32_t count) {
    return guarded([&] {
        auto only = tensorsOf(inputs, count);
        auto start = gradient ? *gradient : at::Tensor();
        if (count > 0) tensor->backward(start, retainGraph, createGraph, at::TensorList(only));
        else tensor->backward(start, retainGraph, createGraph);
    });
}

// Makes `output` the result of a function of `inputs`. `release` gets `context` when the graph goes, also after an exception here.
EXPORT bool shim_attach_function(at::Tensor* output, at::Tensor* const* inputs, int32_t count, at::Tensor* const* kept, int32_t keptCount,
                                 void* context, CallerNode::Apply call, void (*release)(void*)) {
    return guarded([&] {
        std::shared_ptr<CallerNode> node(new CallerNode(context, call, release), torch::autograd::deleteNode);
        node->set_next_edges(torch::autograd::collect_next_edges(tensorsOf(inputs, count)));
        auto number = node->add_input_metadata(*output);
        torch::autograd::impl::set_gradient_edge(*output, {node, number});
        for (auto& tensor : tensorsOf(kept, keptCount))
            node->saved.emplace_back(tensor, tensor.defined() && tensor.unsafeGetTensorImpl() == output->unsafeGetTensorImpl());
    });
}

// The tensor that a function kept for its backward pass; only while its node is being applied.
EXPORT bool shim_kept(CallerNode* node, int32_t index, Value* result) {
    return guarded([&] {
        TORCH_CHECK(static_cast<size_t>(index) < node->saved.size(), "the graph was freed by an earlier backward pass");
        *result = ofTensor(node->saved[index].unpack(node->shared_from_this()));
    });
}

EXPORT bool shim_grad_enabled() { return c10::GradMode::is_enabled(); }
EXPORT void shim_set_grad_enabled(bool on) { c10::GradMode::set_enabled(on); }
EXPORT bool shim_inference_enabled() { return c10::InferenceMode::is_enabled(); }
EXPORT void* shim_inference_enter(bool on) { return new c10::InferenceMode(on); }
EXPORT void shim_inference_leave(c10::InferenceMode* guard) { delete guard; }

EXPORT int32_t shim_threads(bool interop) { return interop ? at::get_num_interop_threads() : at::get_num_threads(); }
EXPORT bool shim_set_threads(bool interop, int32_t count) {
    return guarded([&] { interop ? at::set_num_interop_threads(count) : at::set_num_threads(count); });
}

EXPORT bool shim_manual_seed(uint64_t seed) { return guarded([&] { at::manual_seed(seed); }); }

// The default generator of a device (`own` false), or a new one of the same kind.
EXPORT at::Generator* shim_generator(int32_t type, int32_t index, bool own) {
    at::Generator* result = nullptr;
    guarded([&] {
        auto standard = at::globalContext().defaultGenerator(deviceOf(type, index));
        result = new at::Generator(own ? standard.clone() : standard);
    });
    return result;
}

EXPORT void shim_generator_dispose(at::Generator* generator) { delete generator; }
EXPORT uint64_t shim_generator_seed(at::Generator* generator) {
    std::lock_guard<std::mutex> lock(generator->mutex());
    return generator->current_seed();
}
EXPORT bool shim_generator_set_seed(at::Generator* generator, uint64_t seed) {
    return guarded([&] { std::lock_guard<std::mutex> lock(generator->mutex()); generator->set_current_seed(seed); });
}
EXPORT bool shim_generator_state(at::Generator* generator, Value* state) {
    return guarded([&] { std::lock_guard<std::mutex> lock(generator->mutex()); *state = ofTensor(generator->get_state()); });
}
EXPORT bool shim_generator_set_state(at::Generator* generator, const at::Tensor* state) {
    return guarded([&] { std::lock_guard<std::mutex> lock(generator->mutex()); generator->set_state(*state); });
}

// -1: this libtorch has no CUDA part; otherwise the number of devices that its driver sees.
EXPORT int32_t shim_cuda_devices() {
    int32_t count = -1;
    guarded([&] {
        if (c10::impl::hasDeviceGuardImpl(c10::DeviceType::CUDA)) count = c10::impl::VirtualGuardImpl(c10::DeviceType::CUDA).deviceCount();
    });
    return count;
}

EXPORT bool shim_cuda_synchronize(int32_t index) {
    return guarded([&] {
        c10::impl::VirtualGuardImpl cuda(c10::DeviceType::CUDA);
        auto device = index < 0 ? cuda.getDevice() : deviceOf(static_cast<int64_t>(c10::DeviceType::CUDA), index);
        cuda.synchronizeStream(cuda.getStream(device));
    });
}

EXPORT bool shim_tf32(bool cudnn) { return cudnn ? at::globalContext().allowTF32CuDNN() : at::globalContext().allowTF32CuBLAS(); }
EXPORT bool shim_set_tf32(bool cudnn, bool on) {
    return guarded([&] { cudnn ? at::globalContext().setAllowTF32CuDNN(on) : at::globalContext().setAllowTF32CuBLAS(on); });
}
