#include "shim.h"

#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

/* No single buffer inside libtiff or for a strip or tile of it may be larger. */
#define MOST_BYTES ((uint64_t)1 << 30)

struct source { const uint8_t *data; uint64_t size, at; };

static tmsize_t on_read(thandle_t handle, void *to, tmsize_t count)
{
    struct source *source = handle;
    uint64_t left = source->at < source->size ? source->size - source->at : 0;
    uint64_t taken = (uint64_t)count < left ? (uint64_t)count : left;
    memcpy(to, source->data + (source->size - left), taken);
    source->at += taken;
    return (tmsize_t)taken;
}

static tmsize_t on_write(thandle_t handle, void *from, tmsize_t count)
{
    (void)handle;
    (void)from;
    (void)count;
    return 0;
}

static toff_t on_seek(thandle_t handle, toff_t offset, int whence)
{
    struct source *source = handle;
    source->at = whence == SEEK_SET ? offset : whence == SEEK_CUR ? source->at + offset : source->size + offset;
    return source->at;
}

static int on_close(thandle_t handle)
{
    (void)handle;
    return 0;
}

static toff_t on_size(thandle_t handle)
{
    return ((struct source *)handle)->size;
}

static int on_error(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments)
{
    (void)tiff;
    (void)module;
    char *message = user;
    if (message[0] == 0)
        vsnprintf(message, SHIM_MESSAGE, format, arguments);
    return 1;
}

static int on_warning(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments)
{
    (void)tiff;
    (void)user;
    (void)module;
    (void)format;
    (void)arguments;
    return 1;
}

static TIFF *open_tiff(struct source *source, char *message)
{
    message[0] = 0;
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options)
        return NULL;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)MOST_BYTES);
    TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, message);
    TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, NULL);
    /* m: no memory mapping of what is in memory already */
    TIFF *tiff = TIFFClientOpenExt("memory", "rm", source, on_read, on_write, on_seek, on_close, on_size, NULL, NULL, options);
    TIFFOpenOptionsFree(options);
    return tiff;
}

static int invalid(char *message, const char *text)
{
    return message[0] ? SHIM_INVALID : shim_fail(message, SHIM_INVALID, text);
}

SHIM_EXPORT int shim_tiff_info(const uint8_t *data, size_t size, struct shim_info *found, char *message)
{
    struct source source = { data, size, 0 };
    TIFF *tiff = open_tiff(&source, message);
    if (!tiff)
        return invalid(message, "not a TIFF file");
    int good = TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &found->width) && TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &found->height)
        && found->width > 0 && found->height > 0;
    found->grey = 0;
    TIFFClose(tiff);
    return good ? SHIM_OK : invalid(message, "no size in the file");
}

enum kind { GREY_FROM_BLACK, GREY_FROM_WHITE, COLOURS, INKS, INDEXED };

/* What the pixels of a file are. */
struct layout {
    enum kind kind;
    uint16_t bits, samples, planar, alpha; /* alpha: 0 none, else EXTRASAMPLE_... */
    unsigned alpha_at;
    uint16_t *red, *green, *blue;
    int tiled;
    uint32_t block_width, block_height;
    tmsize_t block_bytes, row_bytes;
};

static int read_kind(TIFF *tiff, struct layout *layout)
{
    uint16_t photometric, compression, inks;
    if (!TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric))
        return SHIM_INVALID;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &compression);
    switch (photometric) {
    case PHOTOMETRIC_MINISWHITE: layout->kind = GREY_FROM_WHITE; return SHIM_OK;
    case PHOTOMETRIC_MINISBLACK: layout->kind = GREY_FROM_BLACK; return SHIM_OK;
    case PHOTOMETRIC_RGB: layout->kind = COLOURS; return SHIM_OK;
    case PHOTOMETRIC_PALETTE: layout->kind = INDEXED; return SHIM_OK;
    case PHOTOMETRIC_SEPARATED:
        layout->kind = INKS;
        TIFFGetFieldDefaulted(tiff, TIFFTAG_INKSET, &inks);
        return inks == INKSET_CMYK ? SHIM_OK : SHIM_UNSUPPORTED;
    case PHOTOMETRIC_YCBCR:
        /* inside JPEG compression libtiff converts by itself */
        layout->kind = COLOURS;
        return compression == COMPRESSION_JPEG && TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB) ? SHIM_OK : SHIM_UNSUPPORTED;
    default: return SHIM_UNSUPPORTED;
    }
}

/* As the official library has it: one sample for grey and palettes, a fourth one of RGB is alpha whatever the
   file calls it (unless it says that it is multiplied in), inks have 8 bits. */
static int check_samples(struct layout *layout, uint16_t extras, const uint16_t *extra)
{
    static const unsigned colours[] = { 1, 1, 3, 4, 1 };
    unsigned bits = layout->bits;
    layout->alpha_at = colours[layout->kind];
    layout->alpha = 0;
    if (layout->samples < layout->alpha_at || (layout->planar != PLANARCONFIG_CONTIG && layout->planar != PLANARCONFIG_SEPARATE))
        return SHIM_INVALID;
    if (layout->samples == 4 && layout->kind == COLOURS)
        layout->alpha = extras > 0 && extra[0] == EXTRASAMPLE_ASSOCALPHA ? EXTRASAMPLE_ASSOCALPHA : EXTRASAMPLE_UNASSALPHA;
    else if (layout->samples != layout->alpha_at)
        return SHIM_UNSUPPORTED;
    if (layout->kind == INKS)
        return bits == 8 ? SHIM_OK : SHIM_UNSUPPORTED;
    return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 ? SHIM_OK : SHIM_UNSUPPORTED;
}

static int read_layout(TIFF *tiff, struct layout *layout)
{
    uint16_t format, extras = 0, *extra = NULL;
    int status = read_kind(tiff, layout);
    if (status != SHIM_OK)
        return status;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &layout->bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &layout->samples);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &layout->planar);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &format);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &extras, &extra);
    status = format == SAMPLEFORMAT_UINT ? check_samples(layout, extras, extra) : SHIM_UNSUPPORTED;
    if (status != SHIM_OK)
        return status;
    if (layout->kind == INDEXED && !TIFFGetField(tiff, TIFFTAG_COLORMAP, &layout->red, &layout->green, &layout->blue))
        return SHIM_INVALID;
    return SHIM_OK;
}

static int read_blocks(TIFF *tiff, const struct shim_target *target, struct layout *layout)
{
    layout->tiled = TIFFIsTiled(tiff);
    if (layout->tiled) {
        if (!TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &layout->block_width) || !TIFFGetField(tiff, TIFFTAG_TILELENGTH, &layout->block_height))
            return SHIM_INVALID;
        layout->block_bytes = TIFFTileSize(tiff);
        layout->row_bytes = TIFFTileRowSize(tiff);
    } else {
        layout->block_width = target->width;
        TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &layout->block_height);
        if (layout->block_height > target->height)
            layout->block_height = target->height;
        layout->block_bytes = TIFFStripSize(tiff);
        layout->row_bytes = TIFFScanlineSize(tiff);
    }
    if (layout->block_width == 0 || layout->block_height == 0 || layout->block_bytes <= 0 || layout->row_bytes <= 0)
        return SHIM_INVALID;
    uint64_t samples = layout->planar == PLANARCONFIG_CONTIG ? layout->samples : 1;
    uint64_t row_bits = (uint64_t)layout->block_width * samples * layout->bits;
    if (row_bits > (uint64_t)layout->row_bytes * 8 || (uint64_t)layout->row_bytes * layout->block_height > (uint64_t)layout->block_bytes)
        return SHIM_INVALID;
    return (uint64_t)layout->block_bytes > MOST_BYTES / (layout->planar == PLANARCONFIG_CONTIG ? 1 : 5) ? SHIM_MEMORY : SHIM_OK;
}

/* Sample number i of a row, as it is stored. */
static unsigned sample(const uint8_t *row, uint64_t i, unsigned bits)
{
    if (bits == 8)
        return row[i];
    if (bits == 16)
        return ((const uint16_t *)row)[i];
    uint64_t bit = i * bits;
    return (unsigned)(row[bit / 8] >> (8 - bits - bit % 8)) & ((1u << bits) - 1);
}

/* Four inks to three colours in 8 bits, colour = (255 - ink) * (255 - black) / 255 rounded, as Pillow does it. */
static void inks_to_rgb(const unsigned *inks, unsigned *rgb)
{
    unsigned light = 255 - inks[3] / 257;
    for (int c = 0; c < 3; c++) {
        unsigned ink = (inks[c] / 257) * light;
        rgb[c] = (light - (ink + 127) / 255) * 257;
    }
}

/* planes: one pointer a sample; step: samples from one pixel to the next. */
static void convert_pixel(const struct layout *layout, const uint8_t **planes, uint64_t x, unsigned step, uint16_t *rgba)
{
    unsigned raw[5], colour[3] = { 0 };
    unsigned count = layout->alpha_at + (layout->alpha != 0);
    unsigned scale = 65535 / ((1u << layout->bits) - 1);
    for (unsigned s = 0; s < count; s++)
        raw[s] = sample(planes[s], x * step + (step > 1 ? s : 0), layout->bits) * (layout->kind == INDEXED && s == 0 ? 1 : scale);
    switch (layout->kind) {
    case GREY_FROM_WHITE: colour[0] = colour[1] = colour[2] = 65535 - raw[0]; break;
    case GREY_FROM_BLACK: colour[0] = colour[1] = colour[2] = raw[0]; break;
    case COLOURS: memcpy(colour, raw, sizeof colour); break;
    case INKS: inks_to_rgb(raw, colour); break;
    case INDEXED:
        colour[0] = layout->red[raw[0]];
        colour[1] = layout->green[raw[0]];
        colour[2] = layout->blue[raw[0]];
        break;
    }
    unsigned alpha = layout->alpha ? raw[layout->alpha_at] : 65535;
    for (int c = 0; c < 3; c++) {
        if (layout->alpha == EXTRASAMPLE_ASSOCALPHA && alpha != 0) {
            uint64_t divided = (uint64_t)colour[c] * 65535 / alpha;
            colour[c] = divided > 65535 ? 65535 : (unsigned)divided;
        }
        rgba[c] = (uint16_t)colour[c];
    }
    rgba[3] = (uint16_t)alpha;
}

static int read_block(TIFF *tiff, const struct layout *layout, uint32_t x, uint32_t y, uint16_t plane, uint8_t *to)
{
    memset(to, 0, (size_t)layout->block_bytes);
    if (layout->tiled)
        return TIFFReadEncodedTile(tiff, TIFFComputeTile(tiff, x, y, 0, plane), to, layout->block_bytes) >= 0;
    return TIFFReadEncodedStrip(tiff, TIFFComputeStrip(tiff, y, plane), to, layout->block_bytes) >= 0;
}

static int read_pixels(TIFF *tiff, const struct layout *layout, const struct shim_target *target, uint8_t *buffer)
{
    int together = layout->planar == PLANARCONFIG_CONTIG;
    unsigned planes = together ? 1 : layout->alpha_at + (layout->alpha != 0);
    unsigned step = together ? layout->samples : 1;
    uint16_t *pixels = (uint16_t *)target->pixels;
    for (uint32_t top = 0; top < target->height; top += layout->block_height) {
        for (uint32_t left = 0; left < target->width; left += layout->block_width) {
            for (unsigned p = 0; p < planes; p++)
                if (!read_block(tiff, layout, left, top, (uint16_t)p, buffer + p * layout->block_bytes))
                    return SHIM_INVALID;
            uint32_t rows = target->height - top < layout->block_height ? target->height - top : layout->block_height;
            uint32_t columns = target->width - left < layout->block_width ? target->width - left : layout->block_width;
            for (uint32_t y = 0; y < rows; y++) {
                const uint8_t *at[5];
                for (unsigned s = 0; s < 5; s++)
                    at[s] = buffer + (together ? 0 : s * layout->block_bytes) + y * layout->row_bytes;
                uint16_t *row = pixels + ((uint64_t)(top + y) * target->width + left) * 4;
                for (uint32_t x = 0; x < columns; x++)
                    convert_pixel(layout, at, x, step, row + (size_t)x * 4);
            }
            if (target->width - left <= layout->block_width)
                break; /* the next step could overflow */
        }
        if (target->height - top <= layout->block_height)
            break;
    }
    return SHIM_OK;
}

static int read_tiff(TIFF *tiff, const struct shim_target *target, char *message)
{
    struct layout layout;
    uint32_t width = 0, height = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    if (width != target->width || height != target->height || target->channels != 4 || target->bits != 16)
        return shim_fail(message, SHIM_INVALID, "the size changed between two looks at it");
    int status = read_layout(tiff, &layout);
    if (status == SHIM_UNSUPPORTED)
        return shim_fail(message, status, "a colour model or sample format that is not supported");
    if (status == SHIM_OK)
        status = read_blocks(tiff, target, &layout);
    if (status == SHIM_MEMORY)
        return shim_fail(message, status, "a strip or tile larger than 1 GiB");
    if (status != SHIM_OK)
        return invalid(message, "contradictory header");
    uint16_t compression;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &compression);
    if (!TIFFIsCODECConfigured(compression))
        return shim_fail(message, SHIM_UNSUPPORTED, "a compression that libtiff does not have");
    uint8_t *buffer = malloc((size_t)layout.block_bytes * (layout.planar == PLANARCONFIG_CONTIG ? 1 : 5));
    if (!buffer)
        return shim_fail(message, SHIM_MEMORY, "out of memory");
    status = read_pixels(tiff, &layout, target, buffer);
    free(buffer);
    return status == SHIM_OK ? SHIM_OK : invalid(message, "damaged content");
}

/* Four channels of 16 bits. */
SHIM_EXPORT int shim_tiff_read(const uint8_t *data, size_t size, const struct shim_target *target, char *message)
{
    struct source source = { data, size, 0 };
    TIFF *tiff = open_tiff(&source, message);
    if (!tiff)
        return invalid(message, "not a TIFF file");
    int status = read_tiff(tiff, target, message);
    TIFFClose(tiff);
    return status;
}
