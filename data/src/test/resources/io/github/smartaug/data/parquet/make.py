"""Makes the Parquet files beside it with pyarrow, as data sets on hubs are written.

Image i is 4x4 pixels of the grey level 10 i + 1; its label is i % 3.
"""
import json
import struct
import sys
import zlib

import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = sys.argv[1]
NAMES = ["cat", "dog", "eel"]
IMAGE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
FEATURES = {
    "info": {
        "features": {
            "image": {"_type": "Image"},
            "label": {"names": NAMES, "_type": "ClassLabel"},
        }
    }
}


def png(level):
    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([level]) * 4) * 4)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def table(first, count, labels=None, image="image"):
    numbers = range(first, first + count)
    images = [{"bytes": png(10 * i + 1), "path": f"{i}.png" if i % 2 else None} for i in numbers]
    labels = pa.array([i % 3 for i in numbers], pa.int64()) if labels is None else labels
    return pa.table({image: pa.array(images, IMAGE), "label": labels})


def with_names(rows):
    return rows.replace_schema_metadata({"huggingface": json.dumps(FEATURES)})


def write(name, rows, **options):
    pq.write_table(rows, f"{FOLDER}/{name}.parquet", **options)


write("train-00000-of-00002", with_names(table(0, 4)), row_group_size=3)
write("train-00001-of-00002", with_names(table(4, 3)))
write("test-00000-of-00001", with_names(table(7, 3)))
for codec in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]:
    write("codec-" + codec, table(0, 10), compression=codec)
write("second-version", table(0, 10), data_page_version="2.0", compression="zstd")
write("plain", table(0, 10), use_dictionary=False, data_page_size=1)
write("texts", table(0, 10, pa.array([NAMES[i % 3] for i in range(10)])), compression="zstd")
write("img", table(0, 10, image="img"))
write("small-numbers", table(0, 10, pa.array([i % 3 for i in range(10)], pa.int32())))
write("delta", table(0, 10), use_dictionary=False, column_encoding={"label": "DELTA_BINARY_PACKED"})
write("hidden-labels", table(0, 10, pa.array([-1] * 10, pa.int64())))
write("no-label", table(0, 10).drop(["label"]))
missing = pa.array([{"bytes": None, "path": "a.png"}], IMAGE)
write("no-bytes", pa.table({"image": missing, "label": pa.array([0])}))
