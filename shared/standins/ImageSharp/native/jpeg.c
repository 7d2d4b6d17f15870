#include "shim.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <jpeglib.h>
#include <jerror.h>

/* A progressive file may repeat scans without end; no honest encoder writes this many. */
#define MOST_SCANS 500

struct failure { struct jpeg_error_mgr manager; jmp_buf back; char *message; int status; };

struct watch { struct jpeg_progress_mgr manager; };

static void on_error(j_common_ptr codec)
{
    struct failure *failure = (struct failure *)codec->err;
    char text[JMSG_LENGTH_MAX];
    failure->manager.format_message(codec, text);
    switch (failure->manager.msg_code) {
    case JERR_OUT_OF_MEMORY:
        failure->status = SHIM_MEMORY;
        break;
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_ARITH_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_CCIR601_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
        failure->status = SHIM_UNSUPPORTED;
        break;
    default:
        failure->status = SHIM_INVALID;
        break;
    }
    shim_fail(failure->message, failure->status, text);
    longjmp(failure->back, 1);
}

static void on_message(j_common_ptr codec)
{
    (void)codec;
}

static void on_progress(j_common_ptr codec)
{
    if (codec->is_decompressor && ((j_decompress_ptr)codec)->input_scan_number > MOST_SCANS) {
        struct failure *failure = (struct failure *)codec->err;
        failure->status = shim_fail(failure->message, SHIM_INVALID, "more scans than any encoder writes");
        longjmp(failure->back, 1);
    }
}

static void catch_errors(struct failure *failure, char *message)
{
    jpeg_std_error(&failure->manager);
    failure->manager.error_exit = on_error;
    failure->manager.output_message = on_message;
    failure->message = message;
    failure->status = SHIM_INVALID;
}

/* Four inks are stored inverted, as Adobe's programs do it: a channel is ink * black / 255, rounded. */
static void inks_to_rgb(const uint8_t *cmyk, uint8_t *rgb, uint32_t width)
{
    for (uint32_t x = 0; x < width; x++, cmyk += 4, rgb += 3)
        for (int c = 0; c < 3; c++)
            rgb[c] = (uint8_t)((cmyk[c] * cmyk[3] + 127) / 255);
}

static void read_rows(struct jpeg_decompress_struct *codec, const struct shim_target *target, JSAMPARRAY inks)
{
    size_t stride = (size_t)target->width * 3;
    while (codec->output_scanline < codec->output_height) {
        uint8_t *row = target->pixels + codec->output_scanline * stride;
        if (inks) {
            jpeg_read_scanlines(codec, inks, 1);
            inks_to_rgb(inks[0], row, target->width);
        } else {
            jpeg_read_scanlines(codec, &row, 1);
        }
    }
}

static int open_jpeg(const uint8_t *data, size_t size, struct shim_info *found, const struct shim_target *target, char *message)
{
    struct jpeg_decompress_struct codec;
    struct failure failure;
    struct watch watch = { { .progress_monitor = on_progress } };
    catch_errors(&failure, message);
    codec.err = &failure.manager;
    if (setjmp(failure.back)) {
        jpeg_destroy_decompress(&codec);
        return failure.status;
    }
    jpeg_create_decompress(&codec);
    codec.progress = &watch.manager;
    jpeg_mem_src(&codec, data, size);
    jpeg_read_header(&codec, TRUE);
    int status = SHIM_OK;
    if (found) {
        found->width = codec.image_width;
        found->height = codec.image_height;
        found->grey = codec.jpeg_color_space == JCS_GRAYSCALE;
    } else if (codec.image_width != target->width || codec.image_height != target->height || target->channels != 3 || target->bits != 8) {
        status = shim_fail(message, SHIM_INVALID, "the size changed between two looks at it");
    } else {
        int inks = codec.num_components == 4;
        codec.out_color_space = inks ? JCS_CMYK : JCS_RGB;
        jpeg_start_decompress(&codec);
        JSAMPARRAY row = inks ? codec.mem->alloc_sarray((j_common_ptr)&codec, JPOOL_IMAGE, codec.output_width * 4, 1) : NULL;
        read_rows(&codec, target, row);
        jpeg_finish_decompress(&codec);
    }
    jpeg_destroy_decompress(&codec);
    return status;
}

SHIM_EXPORT int shim_jpeg_info(const uint8_t *data, size_t size, struct shim_info *found, char *message)
{
    return open_jpeg(data, size, found, NULL, message);
}

/* Three channels of 8 bits: accurate integer transform, smooth chroma, as libjpeg-turbo does by default. */
SHIM_EXPORT int shim_jpeg_read(const uint8_t *data, size_t size, const struct shim_target *target, char *message)
{
    return open_jpeg(data, size, NULL, target, message);
}

/* One or three channels of 8 bits to a JPEG file in memory, to be freed with shim_free. Colours of the chroma
   planes are halved in both directions unless full_chroma is set. */
SHIM_EXPORT int shim_jpeg_write(const struct shim_target *image, int quality, int full_chroma, uint8_t **bytes, size_t *count, char *message)
{
    struct jpeg_compress_struct codec;
    struct failure failure;
    unsigned char *volatile file = NULL;
    unsigned long length = 0;
    catch_errors(&failure, message);
    codec.err = &failure.manager;
    if (setjmp(failure.back)) {
        jpeg_destroy_compress(&codec);
        free(file);
        return failure.status;
    }
    jpeg_create_compress(&codec);
    jpeg_mem_dest(&codec, (unsigned char **)&file, &length);
    codec.image_width = image->width;
    codec.image_height = image->height;
    codec.input_components = (int)image->channels;
    codec.in_color_space = image->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&codec);
    jpeg_set_quality(&codec, quality, TRUE);
    if (image->channels == 3)
        codec.comp_info[0].h_samp_factor = codec.comp_info[0].v_samp_factor = full_chroma ? 1 : 2;
    jpeg_start_compress(&codec, TRUE);
    size_t stride = (size_t)image->width * image->channels;
    while (codec.next_scanline < codec.image_height) {
        uint8_t *row = image->pixels + codec.next_scanline * stride;
        jpeg_write_scanlines(&codec, &row, 1);
    }
    jpeg_finish_compress(&codec);
    jpeg_destroy_compress(&codec);
    *bytes = file;
    *count = length;
    return SHIM_OK;
}
