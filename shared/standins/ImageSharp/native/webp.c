#include "shim.h"

#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>
#include <webp/encode.h>

static int status_of(VP8StatusCode code, char *message)
{
    switch (code) {
    case VP8_STATUS_OK: return SHIM_OK;
    case VP8_STATUS_OUT_OF_MEMORY: return shim_fail(message, SHIM_MEMORY, "out of memory");
    case VP8_STATUS_UNSUPPORTED_FEATURE: return shim_fail(message, SHIM_UNSUPPORTED, "a feature that libwebp does not have");
    case VP8_STATUS_NOT_ENOUGH_DATA: return shim_fail(message, SHIM_INVALID, "the file ends too early");
    default: return shim_fail(message, SHIM_INVALID, "damaged content");
    }
}

SHIM_EXPORT int shim_webp_info(const uint8_t *data, size_t size, struct shim_info *found, char *message)
{
    WebPBitstreamFeatures features;
    int status = status_of(WebPGetFeatures(data, size, &features), message);
    if (status == SHIM_OK) {
        found->width = (uint32_t)features.width;
        found->height = (uint32_t)features.height;
        found->grey = 0;
    }
    return status;
}

/* The first picture of an animation, on its canvas. */
static int read_animation(const uint8_t *data, size_t size, const struct shim_target *target, char *message)
{
    WebPAnimDecoderOptions options;
    WebPData file = { data, size };
    WebPAnimInfo info;
    uint8_t *rgba;
    int timestamp;
    if (!WebPAnimDecoderOptionsInit(&options))
        return shim_fail(message, SHIM_UNSUPPORTED, "libwebpdemux of another version");
    options.color_mode = MODE_RGBA;
    WebPAnimDecoder *decoder = WebPAnimDecoderNew(&file, &options);
    if (!decoder)
        return shim_fail(message, SHIM_INVALID, "damaged animation");
    int good = WebPAnimDecoderGetInfo(decoder, &info) && info.canvas_width == target->width && info.canvas_height == target->height
        && WebPAnimDecoderGetNext(decoder, &rgba, &timestamp);
    if (good) {
        size_t pixels = (size_t)target->width * target->height;
        for (size_t i = 0; i < pixels; i++)
            memcpy(target->pixels + i * target->channels, rgba + i * 4, target->channels);
    }
    WebPAnimDecoderDelete(decoder);
    return good ? SHIM_OK : shim_fail(message, SHIM_INVALID, "damaged animation");
}

/* Three or four channels of 8 bits. */
SHIM_EXPORT int shim_webp_read(const uint8_t *data, size_t size, const struct shim_target *target, char *message)
{
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config))
        return shim_fail(message, SHIM_UNSUPPORTED, "libwebp of another version");
    int status = status_of(WebPGetFeatures(data, size, &config.input), message);
    if (status != SHIM_OK)
        return status;
    if ((uint32_t)config.input.width != target->width || (uint32_t)config.input.height != target->height || target->bits != 8)
        return shim_fail(message, SHIM_INVALID, "the size changed between two looks at it");
    if (config.input.has_animation)
        return read_animation(data, size, target, message);
    size_t stride = (size_t)target->width * target->channels;
    config.output.colorspace = target->channels == 4 ? MODE_RGBA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = target->pixels;
    config.output.u.RGBA.stride = (int)stride;
    config.output.u.RGBA.size = stride * target->height;
    status = status_of(WebPDecode(data, size, &config), message);
    WebPFreeDecBuffer(&config.output);
    return status;
}

/* Three or four channels of 8 bits to a WebP file in memory, to be freed with shim_free. */
SHIM_EXPORT int shim_webp_write(const struct shim_target *image, float quality, int method, int lossless, int exact, uint8_t **bytes, size_t *count, char *message)
{
    WebPConfig config;
    WebPPicture picture;
    WebPMemoryWriter writer;
    if (!WebPConfigInit(&config) || !WebPPictureInit(&picture))
        return shim_fail(message, SHIM_UNSUPPORTED, "libwebp of another version");
    config.quality = quality;
    config.method = method;
    config.lossless = lossless;
    config.exact = exact;
    picture.use_argb = lossless;
    picture.width = (int)image->width;
    picture.height = (int)image->height;
    if (image->width > WEBP_MAX_DIMENSION || image->height > WEBP_MAX_DIMENSION)
        return shim_fail(message, SHIM_UNSUPPORTED, "WebP has at most 16383 pixels in each direction");
    WebPMemoryWriterInit(&writer);
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = &writer;
    int stride = picture.width * (int)image->channels;
    int imported = image->channels == 4 ? WebPPictureImportRGBA(&picture, image->pixels, stride) : WebPPictureImportRGB(&picture, image->pixels, stride);
    int good = imported && WebPEncode(&config, &picture);
    int code = picture.error_code;
    WebPPictureFree(&picture);
    if (!good) {
        WebPMemoryWriterClear(&writer);
        int memory = !imported || code == VP8_ENC_ERROR_OUT_OF_MEMORY || code == VP8_ENC_ERROR_BITSTREAM_OUT_OF_MEMORY;
        return memory ? shim_fail(message, SHIM_MEMORY, "out of memory") : shim_fail(message, SHIM_INVALID, "libwebp refuses the picture");
    }
    *bytes = writer.mem;
    *count = writer.size;
    return SHIM_OK;
}
