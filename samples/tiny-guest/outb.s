# outb N: writes the byte N to I/O port 0x501, where QEMU's isa-debug-exit device ends the machine with the exit code
# 2N+1. The kernel of a cloud image has no /dev/port, so that a shell script alone cannot do it.

        .set    sys_iopl, 172
        .set    sys_exit, 60
        .globl  _start
_start:
        mov     16(%rsp), %rsi          # argv[1]
        xor     %ebx, %ebx
        test    %rsi, %rsi
        jz      write
digit:
        movzbl  (%rsi), %eax
        sub     $'0', %eax
        cmp     $9, %eax
        ja      write
        imul    $10, %ebx
        add     %eax, %ebx
        inc     %rsi
        jmp     digit
write:
        mov     $sys_iopl, %eax         # ports are closed to a process that has not asked
        mov     $3, %edi
        syscall
        mov     $0x501, %edx
        mov     %ebx, %eax
        outb    %al, (%dx)
        mov     $sys_exit, %eax         # no such device: nothing happened
        mov     $1, %edi
        syscall
