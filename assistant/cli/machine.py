"""What the machine says of files, in words."""

import errno

_SAID = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "空间配额用完了",
    errno.EFBIG: "文件超过了允许的大小",
    errno.EROFS: "磁盘只读",
    errno.EACCES: "没有权限",
    errno.EIO: "磁盘读写出错",
}


def why_of(error: OSError) -> str:
    """Why a file could not be read or written."""
    return _SAID.get(error.errno or 0) or error.strerror or type(error).__name__
