/* Closes the program before Windows Installer replaces it, as the setup program does: the program
   holds a mutex as long as it runs, and closes by itself where an event is set. 0: it does not run
   any more; 5: it still does, and the event is taken back. */
#include <windows.h>

#define RUNNING L"Global\\posmember-running"
#define CLOSE L"Global\\posmember-close"
#define EVERY_MS 500
#define TIMES 40

static int is_running(void)
{
    HANDLE mutex = OpenMutexW(SYNCHRONIZE, FALSE, RUNNING);
    if (mutex)
        CloseHandle(mutex);
    return mutex != NULL;
}

int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, LPWSTR arguments, int shown)
{
    (void)self, (void)before, (void)arguments, (void)shown;
    for (int time = 0; time < TIMES && is_running(); time++) {
        HANDLE event = OpenEventW(EVENT_MODIFY_STATE, FALSE, CLOSE);
        if (event) {
            SetEvent(event);
            CloseHandle(event);
        }
        Sleep(EVERY_MS);
    }
    if (!is_running())
        return 0;
    HANDLE event = OpenEventW(EVENT_MODIFY_STATE, FALSE, CLOSE);
    if (event)
        ResetEvent(event);
    return 5;
}
