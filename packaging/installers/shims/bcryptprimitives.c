/* For wine alone: wine 8.0 lacks bcryptprimitives.dll, which Rust's std (cryptography, pydantic_core) imports. */
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);          /* RtlGenRandom, advapi32 */
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE p, SIZE_T n){ return SystemFunction036(p,(ULONG)n); }
