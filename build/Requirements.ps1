# What building, running and testing need of the machine, and which package brings it.
#   Group     Build: to build; Run: to run VMs; Guest: to make the guest of Demo and Test; Test: for tests alone
#   Programs  any one of these shows that it is there ...
#   Files     ... or any one of these
#   Debian, Ubuntu, Fedora, Arch: the package. Ubuntu takes Debian's unless it has its own. No package: not needed there.
# What the guest takes from packages without installing them (kernel, busybox, EFI stub on Debian) is not here.

function Get-Requirement {
    $architecture = Get-Architecture
    $isX86 = $architecture -eq 'x86_64'
    @(
        @{
            Group = 'Build'; Name = 'C compiler driver'; Why = 'links vmspawn-monitor'
            Programs = 'gcc', 'clang'
            Debian = 'gcc'; Fedora = 'gcc'; Arch = 'gcc'
        }
        @{
            Group = 'Build'; Name = 'C library for linking'; Why = 'links vmspawn-monitor'
            Files = "/usr/lib/$architecture-linux-gnu/crt1.o", '/usr/lib64/crt1.o', '/usr/lib/crt1.o'
            Debian = 'libc6-dev'; Fedora = 'glibc-devel'; Arch = 'glibc'
        }
        @{
            Group = 'Run'; Name = 'QEMU'; Why = 'runs the VMs'
            Programs = "qemu-system-$architecture"
            Debian = $isX86 ? 'qemu-system-x86' : 'qemu-system-arm'
            Fedora = $isX86 ? 'qemu-system-x86-core' : 'qemu-system-aarch64-core'
            Arch = $isX86 ? 'qemu-system-x86' : 'qemu-system-aarch64'
        }
        @{
            Group = 'Run'; Name = 'qemu-img'; Why = 'makes and looks into disk images'
            Programs = 'qemu-img'
            Debian = 'qemu-utils'; Fedora = 'qemu-img'; Arch = 'qemu-img'
        }
        @{
            Group = 'Run'; Name = 'UEFI firmware'; Why = 'boots disk images'
            Files = '/usr/share/qemu/firmware'
            Debian = $isX86 ? 'ovmf' : 'qemu-efi-aarch64'
            Fedora = $isX86 ? 'edk2-ovmf' : 'edk2-aarch64'
            Arch = $isX86 ? 'edk2-ovmf' : 'edk2-aarch64'
        }
        @{
            Group = 'Run'; Name = 'swtpm'; Why = 'gives a VM a TPM'
            Programs = 'swtpm'
            Debian = 'swtpm'; Fedora = 'swtpm'; Arch = 'swtpm'
        }
        @{
            Group = 'Run'; Name = 'swtpm_setup'; Why = 'prepares a TPM'
            Programs = 'swtpm_setup'
            Debian = 'swtpm-tools'; Fedora = 'swtpm-tools'; Arch = 'swtpm'
        }
        @{
            Group = 'Run'; Name = 'virtiofsd'; Why = 'shares directories with a guest'
            Programs = 'virtiofsd'
            Files = '/usr/libexec/virtiofsd', '/usr/lib/virtiofsd', '/usr/lib/qemu/virtiofsd', '/usr/libexec/qemu/virtiofsd'
            Debian = Get-VirtiofsdPackage; Fedora = 'virtiofsd'; Arch = 'virtiofsd'
        }
        @{
            Group = 'Run'; Name = 'ssh'; Why = 'logs in to a guest'
            Programs = 'ssh'
            Debian = 'openssh-client'; Fedora = 'openssh-clients'; Arch = 'openssh'
        }
        @{
            Group = 'Run'; Name = 'systemd-journal-remote'; Why = 'keeps the journal of a guest'
            Programs = 'systemd-journal-remote'
            Files = '/usr/lib/systemd/systemd-journal-remote', '/lib/systemd/systemd-journal-remote'
            Debian = 'systemd-journal-remote'; Fedora = 'systemd-journal-remote'; Arch = 'libmicrohttpd'
        }
        @{
            Group = 'Guest'; Name = 'cpio'; Why = 'makes initramfs archives'
            Programs = 'cpio'
            Debian = 'cpio'; Fedora = 'cpio'; Arch = 'cpio'
        }
        @{
            Group = 'Guest'; Name = 'kmod'; Why = 'finds the kernel modules'
            Programs = 'depmod'
            Debian = 'kmod'; Fedora = 'kmod'; Arch = 'kmod'
        }
        @{
            Group = 'Guest'; Name = 'binutils'; Why = 'puts together a unified kernel image'
            Programs = 'objcopy'
            Debian = 'binutils'; Fedora = 'binutils'; Arch = 'binutils'
        }
        @{
            Group = 'Guest'; Name = 'mkfs.vfat'; Why = 'makes the EFI system partition'
            Programs = 'mkfs.vfat'
            Debian = 'dosfstools'; Fedora = 'dosfstools'; Arch = 'dosfstools'
        }
        @{
            Group = 'Guest'; Name = 'mtools'; Why = 'fills the EFI system partition'
            Programs = 'mcopy'
            Debian = 'mtools'; Fedora = 'mtools'; Arch = 'mtools'
        }
        @{
            Group = 'Guest'; Name = 'sgdisk'; Why = 'makes the partition table'
            Programs = 'sgdisk'
            Debian = 'gdisk'; Fedora = 'gdisk'; Arch = 'gptfdisk'
        }
        @{
            Group = 'Guest'; Name = 'xz'; Why = 'unpacks kernel modules'
            Programs = 'xz'
            Debian = 'xz-utils'; Fedora = 'xz'; Arch = 'xz'
        }
        @{
            Group = 'Guest'; Name = 'zstd'; Why = 'unpacks kernel modules'
            Programs = 'zstd'
            Ubuntu = 'zstd'; Arch = 'zstd'
        }
        @{
            Group = 'Guest'; Name = 'busybox'; Why = 'is the guest''s user space'
            Programs = 'busybox'
            Fedora = 'busybox'; Arch = 'busybox'
        }
        @{
            Group = 'Guest'; Name = 'EFI stub'; Why = 'starts a unified kernel image'
            Files = '/usr/lib/systemd/boot/efi/linuxx64.efi.stub', '/usr/lib/systemd/boot/efi/linuxaa64.efi.stub'
            Fedora = 'systemd-boot-unsigned'; Arch = 'systemd'
        }
        @{
            Group = 'Guest'; Name = 'kernel'; Why = 'is the guest''s kernel'
            Files = '/boot/vmlinuz-linux', '/usr/lib/modules'
            Fedora = 'kernel-core'; Arch = 'linux'
        }
        @{
            Group = 'Guest'; Name = 'SYSLINUX'; Why = 'lets a BIOS boot the guest''s disk'
            Programs = 'syslinux'
            Fedora = $isX86 ? 'syslinux' : $null; Arch = $isX86 ? 'syslinux' : $null
        }
        @{
            Group = 'Test'; Name = 'sbsign'; Why = 'signs a guest for Secure Boot'
            Programs = 'sbsign'
            Debian = 'sbsigntool'
        }
        @{
            Group = 'Test'; Name = 'QEMU for aarch64'; Why = 'emulates a foreign guest'
            Programs = 'qemu-system-aarch64'
            Debian = 'qemu-system-arm'
        }
        @{
            Group = 'Test'; Name = 'UEFI for aarch64'; Why = 'boots a foreign guest''s disk'
            Files = '/usr/share/AAVMF'
            Debian = 'qemu-efi-aarch64'
        }
        @{
            Group = 'Test'; Name = 'binutils for aarch64'; Why = 'makes a foreign guest''s disk'
            Programs = 'aarch64-linux-gnu-objcopy'
            Debian = $isX86 ? 'binutils-aarch64-linux-gnu' : 'binutils'
        }
        @{
            Group = 'Test'; Name = 'ip'; Why = 'sets up the network of a test'
            Programs = 'ip'
            Debian = 'iproute2'; Fedora = 'iproute'; Arch = 'iproute2'
        }
        @{
            Group = 'Test'; Name = 'ping'; Why = 'reaches a guest over a TAP interface'
            Programs = 'ping'
            Debian = 'iputils-ping'; Fedora = 'iputils'; Arch = 'iputils'
        }
        @{
            Group = 'Test'; Name = 'losetup'; Why = 'makes a file a block device'
            Programs = 'losetup'
            Debian = 'mount'; Fedora = 'util-linux'; Arch = 'util-linux'
        }
        @{
            Group = 'Test'; Name = 'tmux'; Why = 'is the terminal of the tests'
            Programs = 'tmux'
            Debian = 'tmux'; Fedora = 'tmux'; Arch = 'tmux'
        }
        @{
            Group = 'Test'; Name = 'mmdebstrap'; Why = 'makes the directory tree of the tests'
            Programs = 'mmdebstrap'
            Debian = 'mmdebstrap'
        }
        @{
            Group = 'Test'; Name = 'mkfs.ext4'; Why = 'makes the disks of the tests'
            Programs = 'mkfs.ext4'
            Debian = 'e2fsprogs'; Fedora = 'e2fsprogs'; Arch = 'e2fsprogs'
        }
        @{
            Group = 'Test'; Name = 'newuidmap'; Why = 'lets an ordinary user make and boot that tree'
            Programs = 'newuidmap'
            Debian = 'uidmap'; Fedora = 'shadow-utils'; Arch = 'shadow'
        }
        @{
            Group = 'Test'; Name = 'Python 3'; Why = 'makes the fixtures of recorded cases'
            Programs = 'python3'
            Debian = 'python3'; Fedora = 'python3'; Arch = 'python'
        }
    )
}

# Before Debian 13 and Ubuntu 24.04 the only one is the C one of QEMU.
function Get-VirtiofsdPackage {
    $release = @{}
    if ([IO.File]::Exists('/etc/os-release')) {
        foreach ($line in [IO.File]::ReadAllLines('/etc/os-release')) {
            $name, $value = $line -split '=', 2
            if ($value) { $release[$name] = $value.Trim('"') }
        }
    }

    $first = @{ debian = 13; ubuntu = 24 }[[string] $release['ID']]
    $major = 0
    $isOld = $first -and [int]::TryParse(([string] $release['VERSION_ID'] -split '\.')[0], [ref] $major) -and $major -lt $first
    $isOld ? 'qemu-system-common' : 'virtiofsd'
}

function Test-Requirement([hashtable] $requirement) {
    if ($requirement['Programs'] -and (Find-Program $requirement.Programs)) { return $true }
    foreach ($file in @($requirement['Files'])) {
        if ($file -and [IO.Path]::Exists($file)) { return $true }
    }
    return $false
}
