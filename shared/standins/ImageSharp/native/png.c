#include "shim.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

struct source { const uint8_t *next; size_t left; char *message; };

static void on_error(png_structp png, png_const_charp text)
{
    struct source *source = png_get_error_ptr(png);
    shim_fail(source->message, SHIM_INVALID, text);
    longjmp(png_jmpbuf(png), 1);
}

static void on_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void on_read(png_structp png, png_bytep to, size_t count)
{
    struct source *source = png_get_io_ptr(png);
    if (count > source->left)
        png_error(png, "the file ends too early");
    memcpy(to, source->next, count);
    source->next += count;
    source->left -= count;
}

static int has_transparency(png_structp png, png_infop info)
{
    return (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, info, PNG_INFO_tRNS);
}

static int is_grey(png_structp png, png_infop info)
{
    return png_get_color_type(png, info) == PNG_COLOR_TYPE_GRAY && !has_transparency(png, info);
}

/* Brings every kind of PNG to the layout that is asked for. */
static void set_transforms(png_structp png, png_infop info, const struct shim_target *target)
{
    int transparent = has_transparency(png, info);
    if (target->bits == 16)
        png_set_expand_16(png);
    else
        png_set_scale_16(png);
    png_set_expand(png);
    if (target->channels >= 3)
        png_set_gray_to_rgb(png);
    if (target->channels == 4 && !transparent)
        png_set_add_alpha(png, 0xffff, PNG_FILLER_AFTER);
    else if (target->channels != 4 && transparent)
        png_set_strip_alpha(png);
    if (target->bits == 16)
        png_set_swap(png);
}

static int read_png(png_structp png, png_infop info, struct shim_info *found, const struct shim_target *target, struct source *source)
{
    png_bytep *volatile rows = NULL;
    if (setjmp(png_jmpbuf(png))) {
        free(rows);
        return SHIM_INVALID;
    }
    png_set_read_fn(png, source, on_read);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_read_info(png, info);
    uint32_t width = png_get_image_width(png, info);
    uint32_t height = png_get_image_height(png, info);
    if (found) {
        found->width = width;
        found->height = height;
        found->grey = is_grey(png, info);
        return SHIM_OK;
    }
    if (width != target->width || height != target->height || (target->channels == 1 && !is_grey(png, info)))
        return shim_fail(source->message, SHIM_INVALID, "the size changed between two looks at it");
    set_transforms(png, info, target);
    (void)png_set_interlace_handling(png);
    png_read_update_info(png, info);
    size_t stride = (size_t)width * target->channels * (target->bits / 8);
    if (png_get_rowbytes(png, info) != stride)
        return shim_fail(source->message, SHIM_UNSUPPORTED, "an unexpected pixel layout");
    rows = malloc(height * sizeof *rows);
    if (!rows)
        return shim_fail(source->message, SHIM_MEMORY, "out of memory");
    for (uint32_t y = 0; y < height; y++)
        rows[y] = target->pixels + y * stride;
    png_read_image(png, rows);
    png_read_end(png, NULL);
    free(rows);
    return SHIM_OK;
}

static int open_png(const uint8_t *data, size_t size, struct shim_info *found, const struct shim_target *target, char *message)
{
    struct source source = { data, size, message };
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, on_error, on_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    int status = info ? read_png(png, info, found, target, &source) : shim_fail(message, SHIM_MEMORY, "out of memory");
    png_destroy_read_struct(&png, &info, NULL);
    return status;
}

SHIM_EXPORT int shim_png_info(const uint8_t *data, size_t size, struct shim_info *found, char *message)
{
    return open_png(data, size, found, NULL, message);
}

/* Any channels and bits; one channel only where shim_png_info says grey. */
SHIM_EXPORT int shim_png_read(const uint8_t *data, size_t size, const struct shim_target *target, char *message)
{
    return open_png(data, size, NULL, target, message);
}

struct sink { uint8_t *bytes; size_t count, room; char *message; };

static void on_write(png_structp png, png_bytep from, size_t count)
{
    struct sink *sink = png_get_io_ptr(png);
    if (count > sink->room - sink->count) {
        size_t room = sink->room * 2 > sink->count + count ? sink->room * 2 : sink->count + count;
        uint8_t *bytes = realloc(sink->bytes, room);
        if (!bytes)
            png_error(png, "out of memory");
        sink->bytes = bytes;
        sink->room = room;
    }
    memcpy(sink->bytes + sink->count, from, count);
    sink->count += count;
}

static void on_write_error(png_structp png, png_const_charp text)
{
    struct sink *sink = png_get_error_ptr(png);
    shim_fail(sink->message, SHIM_INVALID, text);
    longjmp(png_jmpbuf(png), 1);
}

static void on_flush(png_structp png)
{
    (void)png;
}

static int write_png(png_structp png, png_infop info, const struct shim_target *image, int level, struct sink *sink)
{
    static const int colour_types[] = { 0, PNG_COLOR_TYPE_GRAY, 0, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA };
    if (setjmp(png_jmpbuf(png)))
        return SHIM_INVALID;
    png_set_write_fn(png, sink, on_write, on_flush);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_compression_level(png, level);
    png_set_IHDR(png, info, image->width, image->height, 8, colour_types[image->channels],
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    size_t stride = (size_t)image->width * image->channels;
    for (uint32_t y = 0; y < image->height; y++)
        png_write_row(png, image->pixels + y * stride);
    png_write_end(png, NULL);
    return SHIM_OK;
}

/* 8-bit pixels to a PNG file in memory, to be freed with shim_free. */
SHIM_EXPORT int shim_png_write(const struct shim_target *image, int level, uint8_t **bytes, size_t *count, char *message)
{
    struct sink sink = { NULL, 0, 0, message };
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &sink, on_write_error, on_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    int status = info ? write_png(png, info, image, level, &sink) : shim_fail(message, SHIM_MEMORY, "out of memory");
    png_destroy_write_struct(&png, &info);
    if (status != SHIM_OK) {
        free(sink.bytes);
        return status;
    }
    *bytes = sink.bytes;
    *count = sink.count;
    return SHIM_OK;
}
