// The C side of the OpenCvSharp stand-in: matrices over foreign memory, resize, blur, threads.
#include <cstdio>
#include <new>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#define SHIM_EXPORT extern "C" __attribute__((visibility("default")))

namespace {

constexpr int no_memory = -4;
constexpr int other_error = -2;

// Where a failed call leaves what it knows; code 0 is success.
struct Failure {
    int code;
    int line;
    char function[128];
    char file[256];
    char message[1024];
};

// What OpenCV prints about an error before it throws is silenced: the exception carries it.
int no_print(int, const char *, const char *, const char *, int, void *)
{
    return 0;
}

const bool silenced = (cv::redirectError(no_print), true);

void note(Failure *failure, int code, int line, const char *function, const char *file, const char *message)
{
    failure->code = code;
    failure->line = line;
    std::snprintf(failure->function, sizeof failure->function, "%s", function);
    std::snprintf(failure->file, sizeof failure->file, "%s", file);
    std::snprintf(failure->message, sizeof failure->message, "%s", message);
}

template <class Action>
void guarded(Failure *failure, Action action)
{
    failure->code = 0;
    try {
        action();
    } catch (const cv::Exception &e) {
        note(failure, e.code, e.line, e.func.c_str(), e.file.c_str(), e.err.c_str());
    } catch (const std::bad_alloc &e) {
        note(failure, no_memory, 0, "", "", e.what());
    } catch (const std::exception &e) {
        note(failure, other_error, 0, "", "", e.what());
    }
}

}

SHIM_EXPORT void shim_mat_new(int rows, int cols, int type, void *data, size_t step, cv::Mat **mat, Failure *failure)
{
    guarded(failure, [&] { *mat = new cv::Mat(rows, cols, type, data, step); });
}

SHIM_EXPORT void shim_mat_delete(cv::Mat *mat)
{
    delete mat;
}

SHIM_EXPORT void shim_resize(const cv::Mat *source, cv::Mat *target, int width, int height, double fx, double fy, int interpolation, Failure *failure)
{
    guarded(failure, [&] { cv::resize(*source, *target, cv::Size(width, height), fx, fy, interpolation); });
}

SHIM_EXPORT void shim_gaussian_blur(const cv::Mat *source, cv::Mat *target, int width, int height, double sigma_x, double sigma_y, int border, Failure *failure)
{
    guarded(failure, [&] { cv::GaussianBlur(*source, *target, cv::Size(width, height), sigma_x, sigma_y, border); });
}

SHIM_EXPORT void shim_set_threads(int threads, Failure *failure)
{
    guarded(failure, [&] { cv::setNumThreads(threads); });
}

SHIM_EXPORT void shim_get_threads(int *threads, Failure *failure)
{
    guarded(failure, [&] { *threads = cv::getNumThreads(); });
}
